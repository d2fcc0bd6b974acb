package io.gatehouse.model;

import io.gatehouse.engine.ModelVocabulary;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Says what is wrong with a model, all of it at once and in the words of whoever draws it. */
@Component
class ModelCheck {

    private static final Logger LOG = LoggerFactory.getLogger(ModelCheck.class);

    static final Pattern FILE = Pattern.compile("[A-Z][A-Za-z0-9]{1,60}\\.(bpmn|dmn|form)");

    static final int MOST_FINDINGS = 100;
    static final int LONGEST_FINDING = 300;

    private final ShippedModels shipped;
    private final ModelVocabulary vocabulary;

    ModelCheck(ShippedModels shipped, ModelVocabulary vocabulary) {
        this.shipped = shipped;
        this.vocabulary = vocabulary;
    }

    /** The breaches, one sentence each; empty if the model may be deployed. */
    List<String> findings(String file, String text) {
        return readable(findings(file, text, vocabulary::processes));
    }

    /** The same for a model on the class path, before there is an engine: it calls only processes that ship too. */
    List<String> shippedFindings(String file, String text) {
        return readable(findings(file, text, Set::of));
    }

    /** A finding may quote what was sent, and one who sends nonsense gets many. */
    private static List<String> readable(List<String> findings) {
        return findings.stream()
                .limit(MOST_FINDINGS)
                .map(finding ->
                        finding.length() > LONGEST_FINDING ? finding.substring(0, LONGEST_FINDING) + "…" : finding)
                .toList();
    }

    private List<String> findings(String file, String text, Supplier<Set<String>> deployed) {
        if (file.endsWith(".form")) {
            return form(file, text);
        }
        String trouble = HarmlessXml.trouble(text);
        if (!trouble.isEmpty()) {
            return List.of("The file " + trouble);
        }
        return file.endsWith(".dmn") ? table(file, text) : process(file, text, deployed.get());
    }

    private List<String> table(String file, String text) {
        return shipped.text(file)
                .map(original -> guarded(file, () -> TableRule.breaches(file, text, original)))
                .orElseGet(() -> List.of("Nothing asks a table " + file + "; there are " + shipped.names(".dmn")));
    }

    private List<String> form(String file, String text) {
        return shipped.text(file)
                .map(original -> guarded(file, () -> FormRule.breaches(file, text, original)))
                .orElseGet(() -> List.of("No user task has a form " + file + "; there are " + shipped.names(".form")));
    }

    private List<String> process(String file, String text, Set<String> deployed) {
        KnownNames known = known(deployed);
        return guarded(file, () -> {
            DrawnModel model = DrawnModel.parse(file, text, known);
            List<String> breaches = new ArrayList<>(AllowedElements.PROCESS.others(text));
            for (ModelRule rule : ModelRule.values()) {
                breaches.addAll(guarded(file, () -> rule.breaches(model)));
            }
            return breaches;
        });
    }

    /** A model that a rule cannot even read breaks it. */
    private static List<String> guarded(String file, Supplier<List<String>> rule) {
        try {
            return rule.get();
        } catch (RuntimeException unreadable) {
            LOG.info("A model {} cannot be read", file, unreadable);
            return List.of(file + " is not a model as the Modeler draws it; the server's log says why");
        }
    }

    private KnownNames known(Set<String> deployed) {
        Set<String> processes = new HashSet<>(shipped.names(".bpmn"));
        processes.addAll(deployed);
        Map<String, Set<String>> questions = vocabulary.questions();
        return new KnownNames(
                Set.copyOf(processes),
                shipped.names(".dmn"),
                shipped.names(".form"),
                vocabulary.delegates(),
                vocabulary.tasks(),
                questions);
    }
}
