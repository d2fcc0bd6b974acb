package io.gatehouse.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

@NeedsAnsible
class NeedsAnsibleTests {

    @Test
    void findsAnAnsibleThatRuns() {
        Program.Result version = Program.run(Duration.ofMinutes(1), "ansible-playbook", "--version");

        assertThat(version.output()).startsWith("ansible-playbook");
    }
}
