package io.gatehouse.mail;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** The channels there are besides mail. */
@Component
public class Channels {

    private final ObjectProvider<ChannelSource> sources;

    Channels(ObjectProvider<ChannelSource> sources) {
        this.sources = sources;
    }

    /** What they are called, sorted. */
    public List<String> names() {
        return all().map(Channel::name).sorted().toList();
    }

    Optional<Channel> find(String name) {
        return all().filter(channel -> channel.name().equals(name)).findFirst();
    }

    private Stream<Channel> all() {
        return sources.stream().flatMap(source -> source.channels().stream());
    }
}
