package io.gatehouse;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;

/** The models and forms at the top level of the repository, as files. */
final class Models {

    private Models() {}

    record Model(File file, String text, BpmnModelInstance instance) {

        static Model read(File file) {
            return parse(file, Models.text(file));
        }

        static Model parse(File file, String text) {
            return new Model(
                    file,
                    text,
                    Bpmn.readModelFromStream(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))));
        }

        <T extends ModelElementInstance> Stream<T> all(Class<T> type) {
            return instance.getModelElementsByType(type).stream();
        }
    }

    static List<Model> all() {
        return files(".bpmn").map(Model::read).toList();
    }

    static Stream<File> files(String extension) {
        return Stream.of("processes", "forms")
                .flatMap(root -> walk(Path.of(root)))
                .filter(file -> file.getName().endsWith(extension));
    }

    static boolean classExists(String simpleName) {
        return walk(Path.of("src/main/java")).anyMatch(file -> file.getName().equals(simpleName + ".java"));
    }

    /** Whether models may call this method of this bean. */
    static boolean isCallable(String bean, String method) {
        String type = Character.toUpperCase(bean.charAt(0)) + bean.substring(1) + ".java";
        return walk(Path.of("src/main/java"))
                .filter(file -> file.getName().equals(type))
                .map(Models::text)
                .anyMatch(source -> source.contains("@CallableFromModels") && source.contains(" " + method + "("));
    }

    private static String text(File file) {
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
