package io.gatehouse.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A JVM with nothing but the product and {@link SeveralStarts} in it. */
public final class StartingProcess implements AutoCloseable {

    /** The engine's web applications keep the first start in statics, and the next would find that. */
    private static final String NO_STATICS = "--camunda.bpm.webapp.enabled=false";

    private final Process process;
    private final Writer orders;
    private final BufferedReader said;

    private StartingProcess(Process process) {
        this.process = process;
        this.orders = process.outputWriter(StandardCharsets.UTF_8);
        this.said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        // Also when the tests end badly: nobody else would stop it.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    }

    /** @param directory an empty one, for the one class that is not the product's */
    public static StartingProcess in(Path directory) {
        String file = SeveralStarts.class.getName().replace('.', '/') + ".class";
        try (var compiled = SeveralStarts.class.getClassLoader().getResourceAsStream(file)) {
            Path copy = directory.resolve(file);
            Files.createDirectories(copy.getParent());
            Files.copy(compiled, copy);
            return new StartingProcess(new ProcessBuilder(GatehouseProcess.java(
                            GatehouseProcess.classPath() + java.io.File.pathSeparator + directory,
                            SeveralStarts.class.getName()))
                    .redirectErrorStream(true)
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything that a start with these arguments printed; its last line says how it ended. */
    public String start(List<String> arguments) {
        try {
            orders.write(String.join("\t", arguments) + "\t" + NO_STATICS + "\n");
            orders.flush();
            StringBuilder printed = new StringBuilder();
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                printed.append(line).append('\n');
                if (line.equals(SeveralStarts.REFUSED) || line.equals(SeveralStarts.STARTED)) {
                    return printed.toString();
                }
            }
            throw new IllegalStateException("The JVM ended:\n" + printed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
