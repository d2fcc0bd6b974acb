package io.gatehouse.access.keycloak;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Tokens that prove nothing, by what is wrong with them; but for that each is as good as a real one. */
final class Forgeries {

    private final FakeRealm realm;
    private final RSAKey attackers;
    private final Map<String, String> tokens = new LinkedHashMap<>();
    private final long now = System.currentTimeMillis() / 1000;

    private Forgeries(FakeRealm realm) {
        this.realm = realm;
        this.attackers = FakeRealm.ofNobody(realm.key().getKeyID());
    }

    static Map<String, String> of(FakeRealm realm) {
        Forgeries forgeries = new Forgeries(realm);
        try {
            forgeries.algorithms();
            forgeries.keys();
            forgeries.headers();
            forgeries.meantForOthers();
            forgeries.times();
            forgeries.kinds();
            forgeries.shapes();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return forgeries.tokens;
    }

    private void algorithms() throws JOSEException {
        for (String none : List.of("none", "None", "nOnE", "NONE")) {
            String head = encode("{\"alg\":\"" + none + "\",\"typ\":\"JWT\",\"kid\":\""
                    + realm.key().getKeyID() + "\"}");
            tokens.put("algorithm " + none + ", no signature", head + "." + encode(payload()) + ".");
            tokens.put(
                    "algorithm " + none + ", good signature", head + "." + encode(payload()) + "." + part(good(), 2));
        }
        RSAKey known = realm.key().toPublicJWK();
        hmac("the public key's DER", known.toRSAPublicKey().getEncoded());
        hmac("the public key's PEM", pem(known).getBytes(StandardCharsets.US_ASCII));
        hmac("the modulus", known.getModulus().decode());
        for (JWSAlgorithm other : List.of(JWSAlgorithm.RS384, JWSAlgorithm.RS512, JWSAlgorithm.PS512)) {
            JWSHeader header = new JWSHeader.Builder(other)
                    .type(JOSEObjectType.JWT)
                    .keyID(known.getKeyID())
                    .build();
            tokens.put(
                    "algorithm " + other + " with the realm's own key", FakeRealm.sign(header, payload(), realm.key()));
        }
        JWSObject elliptic = new JWSObject(
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .type(JOSEObjectType.JWT)
                        .keyID(known.getKeyID())
                        .build(),
                new Payload(payload()));
        elliptic.sign(new ECDSASigner(new ECKeyGenerator(Curve.P_256).generate()));
        tokens.put("algorithm ES256 under the name of an RSA key", elliptic.serialize());
        tokens.put(
                "an unknown algorithm",
                encode("{\"alg\":\"RS256X\",\"typ\":\"JWT\",\"kid\":\"" + known.getKeyID() + "\"}") + "."
                        + encode(payload()) + "." + part(good(), 2));
    }

    private void hmac(String name, byte[] secret) throws JOSEException {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.HS256)
                .type(JOSEObjectType.JWT)
                .keyID(realm.key().getKeyID())
                .build();
        JWSObject token = new JWSObject(header, new Payload(payload()));
        token.sign(new MACSigner(secret));
        tokens.put("HS256 with " + name + " as its secret", token.serialize());
    }

    private void keys() {
        tokens.put(
                "another key under the known name",
                FakeRealm.sign(realm.header().build(), payload(), attackers));
        tokens.put(
                "another key under its own name",
                FakeRealm.sign(realm.header().keyID("attackers").build(), payload(), attackers));
        tokens.put(
                "the realm's key without its name",
                FakeRealm.sign(realm.header().keyID(null).build(), payload(), realm.key()));
        RSAKey gone = FakeRealm.ofNobody("key-0");
        tokens.put(
                "a key rotated away",
                FakeRealm.sign(realm.header().keyID("key-0").build(), payload(), gone));
    }

    private void headers() {
        URI elsewhere = realm.address().resolve("/attackers-keys");
        header("a key of its own in jwk", attackers, builder -> builder.jwk(attackers.toPublicJWK()));
        header("an address of keys in jku", attackers, builder -> builder.jwkURL(elsewhere));
        header("an address of certificates in x5u", attackers, builder -> builder.x509CertURL(elsewhere));
        header("certificates in x5c", attackers, builder -> builder.x509CertChain(List.of(new Base64("MIIB"))));
        // The same with the realm's signature: whoever follows such a header would fetch what it names.
        header("jwk, well signed", realm.key(), builder -> builder.jwk(attackers.toPublicJWK()));
        header("jku, well signed", realm.key(), builder -> builder.jwkURL(elsewhere));
        header("x5u, well signed", realm.key(), builder -> builder.x509CertURL(elsewhere));
        header("crit of something unknown", realm.key(), builder -> builder.criticalParams(Set.of("hold"))
                .customParam("hold", true));
        header("crit of exp", realm.key(), builder -> builder.criticalParams(Set.of("exp"))
                .customParam("exp", 1));
        header("an unencoded payload (b64)", realm.key(), builder -> builder.criticalParams(Set.of("b64"))
                .base64URLEncodePayload(true));
        header("a header of its own", realm.key(), builder -> builder.customParam("admin", true));
        header("another type of object", realm.key(), builder -> builder.type(new JOSEObjectType("logout+jwt")));
        header("no type of object", realm.key(), builder -> builder.type(null));
        header("another type of content", realm.key(), builder -> builder.contentType("JWT"));
    }

    private void header(String name, RSAKey key, Consumer<JWSHeader.Builder> change) {
        JWSHeader.Builder builder = realm.header();
        change.accept(builder);
        tokens.put(name, FakeRealm.sign(builder.build(), payload(), key));
    }

    private void meantForOthers() {
        claim("another issuer", "iss", "https://keycloak.example.com/realms/gatehouse");
        claim("another realm of the same server", "iss", realm.address() + "/realms/master");
        claim("an issuer with a slash more", "iss", realm.issuer() + "/");
        claim("an issuer in capitals", "iss", realm.issuer().toString().replace("http", "HTTP"));
        claim("no issuer", "iss", null);
        claim("no audience", "aud", null);
        claim("an empty audience", "aud", List.of());
        claim("another audience", "aud", "account");
        claim("the audience of the pages", "aud", "gatehouse");
        claim("an audience that begins alike", "aud", List.of("gatehouse-api-2", "gatehouse-ap", "Gatehouse-API"));
        claim("no subject", "sub", null);
        claim("an empty subject", "sub", "");
        claim("no client", "azp", null);
    }

    private void times() {
        claims("expired", Map.of("exp", now - 10, "iat", now - 40));
        claims("expired long ago", Map.of("exp", now - 86_400, "iat", now - 90_000));
        claim("no expiry", "exp", null);
        claims("issued in the future", Map.of("iat", now + 60, "exp", now + 120));
        claim("good from tomorrow on", "nbf", now + 86_400);
        claims("issued two minutes ago for an hour", Map.of("iat", now - 120, "exp", now + 3_480));
        claim("an expiry that is no number", "exp", "tomorrow");
        claim("an expiry beyond all numbers", "exp", 1e300);
    }

    private void kinds() {
        claim("an ID token", "typ", "ID");
        claim("a refresh token", "typ", "Refresh");
        claim("an offline token", "typ", "Offline");
        claim("a log-out token", "typ", "Logout");
        claim("no kind of token", "typ", null);
    }

    private void shapes() {
        String good = good();
        String other = realm.sign(realm.claims("adam", "admin"));
        tokens.put("the signature of another token", part(good, 0) + "." + part(good, 1) + "." + part(other, 2));
        tokens.put("another body under a signature", part(good, 0) + "." + part(other, 1) + "." + part(good, 2));
        tokens.put("no signature", part(good, 0) + "." + part(good, 1) + ".");
        tokens.put("half a signature", good.substring(0, good.length() - 170));
        tokens.put("two parts", part(good, 0) + "." + part(good, 1));
        tokens.put("four parts", good + "." + part(good, 2));
        tokens.put("five parts", good + "..");
        tokens.put("garbage behind it", good + "AAAA");
        tokens.put("a token behind it", good + good);
        tokens.put("a changed letter of the body", good.replace(part(good, 1), flipped(part(good, 1))));
        tokens.put("a body that is no JSON", FakeRealm.sign(realm.header().build(), "admin", realm.key()));
        tokens.put("a body that is a list", FakeRealm.sign(realm.header().build(), "[" + payload() + "]", realm.key()));
        tokens.put(
                "a claim twice",
                FakeRealm.sign(
                        realm.header().build(),
                        payload().replace("{", "{\"aud\":\"account\",").replace("{", "{\"iss\":\"x\","),
                        realm.key()));
        tokens.put("a megabyte", big(1_000_000));
        tokens.put("ten kilobytes", big(10_000));
        tokens.put("dots", "...");
        tokens.put("a word", "admin");
    }

    private String big(int bytes) {
        Map<String, Object> claims = realm.claims("rita", "requester");
        claims.put("padding", "x".repeat(bytes));
        return realm.sign(claims);
    }

    private void claim(String name, String claim, Object value) {
        Map<String, Object> claims = realm.claims("rita", "requester");
        if (value == null) {
            claims.remove(claim);
        } else {
            claims.put(claim, value);
        }
        tokens.put(name, realm.sign(claims));
    }

    private void claims(String name, Map<String, Object> changes) {
        Map<String, Object> claims = realm.claims("rita", "requester");
        claims.putAll(changes);
        tokens.put(name, realm.sign(claims));
    }

    private String good() {
        return realm.sign(realm.claims("rita", "requester"));
    }

    private String payload() {
        return JSONObjectUtils.toJSONString(realm.claims("rita", "requester"));
    }

    private static String flipped(String part) {
        char letter = part.charAt(20) == 'A' ? 'B' : 'A';
        return part.substring(0, 20) + letter + part.substring(21);
    }

    private static String part(String token, int number) {
        return token.split("\\.", -1)[number];
    }

    private static String encode(String text) {
        return Base64URL.encode(text).toString();
    }

    private static String pem(RSAKey key) throws JOSEException {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.encode(key.toRSAPublicKey().getEncoded()) + "\n-----END PUBLIC KEY-----\n";
    }
}
