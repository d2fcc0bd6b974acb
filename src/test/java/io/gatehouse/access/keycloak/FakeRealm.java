package io.gatehouse.access.keycloak;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** As much of a realm as Gatehouse needs to check tokens, with keys of ours, so that tests can sign what they like. */
final class FakeRealm implements AutoCloseable {

    /** Making one takes seconds, so realms that come one after the other have the same. */
    private static final Map<String, RSAKey> MADE = new ConcurrentHashMap<>();

    private final List<RSAKey> keys = new ArrayList<>();
    private final AtomicInteger fetches = new AtomicInteger();
    private final int port;
    private HttpServer server;

    FakeRealm() {
        server = serve(0);
        port = server.getAddress().getPort();
        addKey();
    }

    private HttpServer serve(int wanted) {
        try {
            HttpServer started = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), 0);
            answer(started, "/realms/gatehouse/protocol/openid-connect/certs", () -> {
                fetches.incrementAndGet();
                return new JWKSet(List.copyOf(keys)).toString();
            });
            answer(
                    started,
                    "/realms/gatehouse/.well-known/openid-configuration",
                    () -> "{\"issuer\": \"" + issuer() + "\"}");
            started.start();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Answer {
        String text();
    }

    private static void answer(HttpServer server, String path, Answer answer) {
        server.createContext(path, exchange -> {
            byte[] body = answer.text().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    URI issuer() {
        return address().resolve("/realms/gatehouse");
    }

    /** How often somebody asked for the keys. */
    int fetches() {
        return fetches.get();
    }

    /** Signs with a new key from now on; the old ones stay good. */
    RSAKey addKey() {
        RSAKey key = madeOnce("key-" + (keys.size() + 1));
        keys.add(key);
        return key;
    }

    /** Takes away the oldest key. */
    RSAKey removeKey() {
        return keys.remove(0);
    }

    RSAKey key() {
        return keys.get(keys.size() - 1);
    }

    /** A key under this name that is none of any realm's. */
    static RSAKey ofNobody(String id) {
        return new RSAKey.Builder(madeOnce("nobody")).keyID(id).build();
    }

    private static RSAKey madeOnce(String id) {
        return MADE.computeIfAbsent(id, FakeRealm::newKey);
    }

    private static RSAKey newKey(String id) {
        try {
            return new RSAKeyGenerator(2048)
                    .keyID(id)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The claims Keycloak writes for a person who called the API through a client. */
    Map<String, Object> claims(String name, String... groups) {
        long now = Instant.now().getEpochSecond();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("exp", now + 60);
        claims.put("iat", now);
        claims.put("jti", "0e6e4b2a-4e2c-4d3c-8c8b-000000000001");
        claims.put("iss", issuer().toString());
        claims.put("aud", "gatehouse-api");
        claims.put("sub", "subject-of-" + name);
        claims.put("typ", "Bearer");
        claims.put("azp", "some-client");
        claims.put("sid", "a-session");
        claims.put("scope", "profile gatehouse-api");
        claims.put("preferred_username", name);
        claims.put(
                "groups",
                java.util.Arrays.stream(groups).map(group -> "/" + group).toList());
        return claims;
    }

    JWSHeader.Builder header() {
        return new JWSHeader.Builder(JWSAlgorithm.RS256)
                .type(JOSEObjectType.JWT)
                .keyID(key().getKeyID());
    }

    /** A token as Keycloak makes them. */
    String sign(Map<String, Object> claims) {
        return sign(header().build(), JSONObjectUtils.toJSONString(claims), key());
    }

    static String sign(JWSHeader header, String payload, RSAKey key) {
        try {
            JWSObject token = new JWSObject(header, new Payload(payload));
            token.sign(new RSASSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    void goAway() {
        server.stop(0);
    }

    void comeBack() {
        server = serve(port);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
