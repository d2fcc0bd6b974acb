package io.gatehouse.rollout.http;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where connectors may call, as the operator allows it. Nothing is allowed that is not named here.
 *
 * @param hosts hosts and ports, as {@code jenkins.example.com:443}, written as in the connectors' addresses
 * @param networks networks inside, as {@code 10.20.0.0/16}, in which these hosts may be; any public address may
 */
@ConfigurationProperties("gatehouse.outbound")
public record OutboundProperties(@DefaultValue List<String> hosts, @DefaultValue List<String> networks) {}
