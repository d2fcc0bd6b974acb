package io.gatehouse.testing;

import java.nio.file.Path;
import java.time.Duration;

/**
 * A program of the distribution, unpacked once into a cache folder and never installed.
 *
 * @param folder the cache; the system property {@code gatehouse.test.cache} moves it
 * @param suite of Debian; {@code -} for this machine's own
 * @param name a pattern of the package's name, or several, separated by spaces
 * @param leftOut a pattern of what it depends on and does not need here
 * @param check a command that shows that it runs, told of {@code $ROOT}
 */
record UnpackedPackage(Path folder, String suite, String name, String leftOut, String check) {

    static UnpackedPackage inCache(String folder, String suite, String name, String leftOut, String check) {
        String home =
                Path.of(System.getProperty("user.home"), ".cache", "gatehouse").toString();
        Path cache = Path.of(System.getProperty("gatehouse.test.cache", home));
        return new UnpackedPackage(cache.resolve(folder), suite, name, leftOut, check);
    }

    /**
     * Where it is, as if that were the root of the file system.
     *
     * @throws ResourceUnavailableException if this machine does not allow it
     */
    Path root() {
        Program.Result unpacked = Program.run(
                Duration.ofMinutes(10),
                "bash",
                Program.script("/distribution/unpack.sh").toString(),
                folder.toString(),
                suite,
                name,
                leftOut,
                check);
        if (unpacked.failed()) {
            throw new ResourceUnavailableException(
                    "the distribution's packages could not be unpacked (" + unpacked.lastLine() + ")");
        }
        return folder.resolve("root");
    }
}
