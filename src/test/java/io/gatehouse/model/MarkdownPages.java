package io.gatehouse.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The pages of {@code docs/processes}, made from the models as they are now, with a link to what stands behind each box. */
final class MarkdownPages {

    private static final String WRITTEN =
            "<!-- Written from the model by ModelPagesTests, which says how; change the model and not this. -->\n";

    private MarkdownPages() {}

    static String of(ProcessPage page, Path model) {
        StringBuilder text = new StringBuilder(WRITTEN)
                .append("# ")
                .append(page.name())
                .append("\n\n")
                .append(page.about())
                .append("\n\n![")
                .append(page.name())
                .append("](../images/")
                .append(page.key())
                .append(
                        ".svg)\n\nYellow: people are asked. Green: a decision table. Blue: done by Gatehouse or a deploy tool. Drawn in [")
                .append(model.getFileName())
                .append("](../../")
                .append(slashes(model))
                .append(").\n\n| Box | Done by | What happens |\n|---|---|---|\n");
        page.boxes()
                .forEach(box -> text.append("| %s | %s | %s |\n".formatted(box.name(), by(box), cell(box.about()))));
        return text.toString();
    }

    private static String by(ProcessPage.Box box) {
        return switch (box.kind()) {
            case "people" -> box.by() + link(", form ", box.form(), "forms", box.form() + ".form");
            case "decision table" -> link(
                            "", "decision table", "processes", capital(box.by()).replace("Delegate", "") + ".dmn")
                    + link(", ", box.by(), "src/main/java", capital(box.by()) + ".java");
            case "Gatehouse" -> link("", box.by(), "src/main/java", capital(box.by()) + ".java");
            case "process" -> box.by().contains(" ")
                    ? "process: " + box.by()
                    : "[%s](%s.md)".formatted(box.by(), box.by());
            case "deploy tool", "undo" -> box.kind() + " of the plan's steps";
            default -> box.kind();
        };
    }

    static String of(TablePage page, Path model) {
        StringBuilder text = new StringBuilder(WRITTEN)
                .append("# ")
                .append(page.name())
                .append("\n\n")
                .append(page.about())
                .append("\n\n")
                .append(page.applies())
                .append(" An empty cell fits whatever is told. Drawn in [")
                .append(model.getFileName())
                .append("](../../")
                .append(slashes(model))
                .append("); [policy.md](../policy.md) says what is told.\n\n| Rule | ");
        List<String> heads = Stream.concat(
                        page.inputs().stream().map(TablePage.Column::label),
                        page.outputs().stream().map(output -> "→ " + output.label()))
                .toList();
        text.append(String.join(" | ", heads))
                .append(" |\n|")
                .append("---|".repeat(heads.size() + 1))
                .append("\n");
        page.lines()
                .forEach(line -> text.append("| %s | %s |\n"
                        .formatted(
                                line.name().isEmpty() ? line.id() : cell(line.name()),
                                Stream.concat(line.inputs().stream(), line.outputs().stream())
                                        .map(MarkdownPages::cell)
                                        .collect(Collectors.joining(" | ")))));
        text.append("\n## What it is told\n\n| Input | In rules | Is |\n|---|---|---|\n");
        page.inputs()
                .forEach(input -> text.append(
                        "| %s | `%s` | %s |\n".formatted(input.label(), input.name(), cell(input.about()))));
        return text.toString();
    }

    private static String link(String before, String name, String root, String file) {
        Optional<Path> found = find(root, file);
        return found.map(path -> "%s[%s](../../%s)".formatted(before, name, slashes(path)))
                .orElse("");
    }

    private static Optional<Path> find(String root, String file) {
        try (Stream<Path> files = Files.walk(Path.of(root))) {
            return files.filter(path -> path.endsWith(file)).findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("\n", " ");
    }

    private static String capital(String name) {
        return name.isEmpty() ? name : Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    private static String slashes(Path path) {
        return path.toString().replace('\\', '/');
    }
}
