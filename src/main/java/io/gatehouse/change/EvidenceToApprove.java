package io.gatehouse.change;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Shows approvers what must be on file, what is and what is missing. */
@Component
class EvidenceToApprove implements ApproverInsight {

    private final EvidenceFiles files;

    EvidenceToApprove(EvidenceFiles files) {
        this.files = files;
    }

    @Override
    public String field() {
        return "evidence";
    }

    @Override
    public String about(Change change) {
        EvidenceFile file = files.of(change);
        if (file.required().isEmpty() && file.onFile().isEmpty()) {
            return file.status() == EvidenceFile.Status.COMPLETE ? "none required" : "not asked for yet";
        }
        return Stream.concat(
                        Stream.of(file.status().name()),
                        Stream.concat(
                                file.required().stream().map(EvidenceToApprove::line),
                                file.onFile().stream().map(EvidenceToApprove::line)))
                .collect(Collectors.joining("\n"));
    }

    private static String line(EvidenceFile.Requirement need) {
        return "required: " + need.kind() + ", "
                + need.state().name().toLowerCase(Locale.ROOT).replace('_', ' ') + " ("
                + String.join("; ", List.copyOf(need.reasons())) + ")";
    }

    private static String line(Evidence piece) {
        return "on file: " + piece.kind() + " " + piece.result() + " " + piece.url()
                + (piece.current() ? "" : ", about other versions than these");
    }
}
