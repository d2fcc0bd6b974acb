package io.gatehouse.testing;

import java.time.Duration;

/** A package of the distribution, installed for good; only root may do that. */
record DistributionPackage(String name) {

    /** @throws ResourceUnavailableException if this machine does not allow it */
    void install() {
        if (!"root".equals(System.getProperty("user.name"))) {
            throw new ResourceUnavailableException("only root may install the distribution's " + name);
        }
        Program.Result installed = Program.run(
                Duration.ofMinutes(10),
                "sh",
                "-c",
                "apt-get -q update"
                        + " && DEBIAN_FRONTEND=noninteractive apt-get -q -y install --no-install-recommends " + name);
        if (installed.failed()) {
            throw new ResourceUnavailableException(
                    "the distribution's " + name + " could not be installed (" + installed.lastLine() + ")");
        }
    }
}
