package io.gatehouse.release;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Profile;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The train of the sample organisation: the 2026.1 series of OpenStack, by its published schedule. */
@Component
@Profile("sample")
@Order(25)
class SampleTrain implements ApplicationRunner {

    private static final String KEY = "gazpacho";

    private final Trains trains;

    SampleTrain(Trains trains) {
        this.trains = trains;
    }

    @Override
    @Transactional
    public void run(ApplicationArguments arguments) {
        if (trains.find(KEY).isEmpty()) {
            trains.add(KEY, new TrainContent("OpenStack 2026.1 Gazpacho", 26, trains.read(schedule())));
        }
    }

    private static String schedule() {
        try (InputStream file = new ClassPathResource("sample/gazpacho-schedule.yaml").getInputStream()) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
