package io.gatehouse.release.process;

import io.gatehouse.access.Person;
import io.gatehouse.api.ProblemException;
import io.gatehouse.engine.Answers;
import io.gatehouse.engine.FormText;
import io.gatehouse.engine.OpenTask;
import io.gatehouse.engine.TaskForm;
import io.gatehouse.release.Stages;
import io.gatehouse.release.TestResult;
import io.gatehouse.release.TestRun;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Whoever is asked for a test of a stage says what came of it; one task per test. */
@Component
class RecordTestResultForm implements TaskForm {

    private static final int MOST_CASES = 10_000_000;

    private final ReleasePicture picture;
    private final StagePicture stagePicture;
    private final Stages stages;

    RecordTestResultForm(ReleasePicture picture, StagePicture stagePicture, Stages stages) {
        this.picture = picture;
        this.stagePicture = stagePicture;
        this.stages = stages;
    }

    @Override
    public Map<String, Object> show(OpenTask task) {
        String release = stages.releaseOf(task.number());
        TestRun test = stages.test(task.number());
        Map<String, Object> fields = picture.of(release);
        fields.putAll(stagePicture.of(release));
        fields.put("test", FormText.literal(test.name()));
        fields.put("testNumber", test.number());
        fields.put("required", test.requiredPercent() + " %");
        return fields;
    }

    @Override
    public void admit(OpenTask task, Person person) {
        stages.admitResult(task.number());
    }

    @Override
    public Map<String, Object> submit(OpenTask task, Person person, Answers answers) {
        TestResult result = new TestResult(
                number(answers, "passed"),
                number(answers, "failed"),
                number(answers, "skipped"),
                link(answers),
                digest(answers),
                orNull(answers.optionalText("note", 2000)));
        answers.nothingElse();
        stages.record(task.number(), person.id(), result);
        return Map.of();
    }

    private static int number(Answers answers, String field) {
        String said = answers.optionalText(field, 10);
        if (said.isEmpty()) {
            return 0;
        }
        if (!said.matches("\\d{1,8}") || Integer.parseInt(said) > MOST_CASES) {
            throw ProblemException.invalid(field, "must be how many cases, from 0 to " + MOST_CASES);
        }
        return Integer.parseInt(said);
    }

    private static @Nullable String link(Answers answers) {
        String link = orNull(answers.optionalText("link", 1000));
        if (link != null && !link.matches("https?://\\S+")) {
            throw ProblemException.invalid("link", "must begin with https:// or http:// and have no spaces");
        }
        return link;
    }

    private static @Nullable String digest(Answers answers) {
        String digest = orNull(answers.optionalText("reportSha256", 64));
        if (digest != null && !digest.matches("[0-9a-f]{64}")) {
            throw ProblemException.invalid("reportSha256", "must be 64 lower-case hexadecimal digits");
        }
        return digest;
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
