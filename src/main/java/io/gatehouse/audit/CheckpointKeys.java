package io.gatehouse.audit;

import io.gatehouse.api.StartRefused;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gets the key for checkpoints from where the operator keeps it, and refuses to start with a bad one. */
final class CheckpointKeys {

    private final CheckpointProperties properties;
    private @Nullable CheckpointKey key;

    CheckpointKeys(CheckpointProperties properties) {
        this.properties = properties;
        try {
            this.key = given(properties);
        } catch (IllegalArgumentException bad) {
            throw new StartRefused("The key for checkpoints of the audit trail (GATEHOUSE_CHECKPOINT_KEY_FILE or"
                    + " GATEHOUSE_CHECKPOINT_KEY) cannot be used: " + bad.getMessage() + ".");
        }
    }

    private static @Nullable CheckpointKey given(CheckpointProperties properties) {
        if (properties.keyFile().isBlank()) {
            return properties.key().isBlank() ? null : CheckpointKey.parse(properties.key());
        }
        Path file = Path.of(properties.keyFile());
        if (properties.createKey() && !Files.exists(file)) {
            return null;
        }
        try {
            return CheckpointKey.parse(Files.readString(file));
        } catch (IOException e) {
            throw new IllegalArgumentException("the file cannot be read: " + e);
        }
    }

    boolean configured() {
        return key != null || properties.createKey() && !properties.keyFile().isBlank();
    }

    /** The key, made now if it is to be made; empty if none was given. */
    synchronized Optional<CheckpointKey> current() throws IOException {
        if (key == null && configured()) {
            key = create(Path.of(properties.keyFile()));
        }
        return Optional.ofNullable(key);
    }

    /** The public half is put beside it, for whoever verifies. */
    private static CheckpointKey create(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        CheckpointKey created = CheckpointKey.create();
        try {
            Files.createFile(file, onlyForItsOwner());
        } catch (FileAlreadyExistsException byAnother) {
            return CheckpointKey.parse(Files.readString(file));
        }
        Files.writeString(file, created.secretPem(), StandardCharsets.US_ASCII);
        Files.writeString(Path.of(file + ".pub"), created.openPem(), StandardCharsets.US_ASCII);
        return created;
    }

    private static FileAttribute<?>[] onlyForItsOwner() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
