package io.gatehouse.mail;

import java.util.List;

/** A module's part in telling others than by mail: the channels that the operator has set up. */
public interface ChannelSource {

    List<Channel> channels();
}
