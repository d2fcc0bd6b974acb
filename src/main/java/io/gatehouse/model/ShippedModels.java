package io.gatehouse.model;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/** The models and forms on the class path, which are deployed at start. */
@Component
class ShippedModels {

    private final PathMatchingResourcePatternResolver resources = new PathMatchingResourcePatternResolver();

    private final Map<String, List<Resource>> found = new ConcurrentHashMap<>();

    /** The files with this extension, as {@code .bpmn}. */
    List<Resource> files(String extension) {
        return found.computeIfAbsent(extension, this::find);
    }

    /** Looks through the whole class path. */
    private List<Resource> find(String extension) {
        try {
            return List.of(resources.getResources(
                    "classpath*:" + (extension.equals(".form") ? "forms" : "processes") + "/**/*" + extension));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names of those files without the extension, which are the ids of what is in them. */
    Set<String> names(String extension) {
        return files(extension).stream()
                .map(file -> nameOf(file).replace(extension, ""))
                .collect(toUnmodifiableSet());
    }

    Optional<String> text(String name) {
        return Stream.of(".bpmn", ".dmn", ".form")
                .flatMap(extension -> files(extension).stream())
                .filter(file -> nameOf(file).equals(name))
                .findFirst()
                .map(ShippedModels::text);
    }

    static String nameOf(Resource file) {
        return Objects.requireNonNull(file.getFilename());
    }

    static String text(Resource file) {
        try {
            return file.getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
