package io.gatehouse.model;

import static java.util.stream.Collectors.toSet;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The models and forms at the top level of the repository, as files, and what the source code offers them. */
final class Models {

    private static final Pattern PUBLIC_METHOD = Pattern.compile("public \\S+(?:<\\S+>)? (\\w+)\\(");
    private static final KnownNames KNOWN = known();

    private Models() {}

    static List<DrawnModel> all() {
        return files(".bpmn").map(file -> parse(file.getName(), text(file))).toList();
    }

    static DrawnModel parse(String file, String text) {
        return DrawnModel.parse(file, text, KNOWN);
    }

    static Stream<File> files(String extension) {
        return Stream.of("processes", "forms")
                .flatMap(root -> walk(Path.of(root)))
                .filter(file -> file.getName().endsWith(extension));
    }

    static KnownNames known() {
        return new KnownNames(
                names(".bpmn"), names(".dmn"), names(".form"), beans("Delegate"), classes("Form"), questions());
    }

    private static Set<String> names(String extension) {
        return files(extension)
                .map(file -> file.getName().replace(extension, ""))
                .collect(toSet());
    }

    private static Set<String> beans(String ending) {
        return sources()
                .map(file -> file.getName().replace(".java", ""))
                .filter(name -> name.endsWith(ending))
                .map(name -> Character.toLowerCase(name.charAt(0)) + name.substring(1))
                .collect(toSet());
    }

    private static Set<String> classes(String ending) {
        return sources()
                .map(file -> file.getName().replace(".java", ""))
                .filter(name -> name.endsWith(ending))
                .map(name -> name.substring(0, name.length() - ending.length()))
                .collect(toSet());
    }

    private static Map<String, Set<String>> questions() {
        Map<String, Set<String>> questions = new HashMap<>();
        sources().filter(file -> text(file).contains("\n@CallableFromModels\n")).forEach(file -> {
            String name = file.getName().replace(".java", "");
            questions.put(
                    Character.toLowerCase(name.charAt(0)) + name.substring(1),
                    PUBLIC_METHOD
                            .matcher(text(file))
                            .results()
                            .map(found -> found.group(1))
                            .collect(toSet()));
        });
        return questions;
    }

    private static Stream<File> sources() {
        return walk(Path.of("src/main/java"));
    }

    static String text(File file) {
        try {
            return Files.readString(file.toPath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<File> walk(Path root) {
        try (Stream<Path> paths = Files.walk(root)) {
            return paths.map(Path::toFile).filter(File::isFile).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
