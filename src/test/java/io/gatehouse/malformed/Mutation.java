package io.gatehouse.malformed;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** One way to spoil a request. */
enum Mutation {
    ODD_VALUE {
        @Override
        void spoil(WireRequest request, Random random) {
            replace(request, VALUE, OddValues.any(OddValues.JSON, random), random);
        }
    },
    ODD_NAME {
        @Override
        void spoil(WireRequest request, Random random) {
            replace(request, NAME, OddValues.any(NAMES, random) + ":", random);
        }
    },
    EXTRA_FIELD {
        @Override
        void spoil(WireRequest request, Random random) {
            replace(request, OPENING, "{\"extra\": " + OddValues.any(OddValues.JSON, random) + ",", random);
        }
    },
    REPEATED_BODY_PART {
        @Override
        void spoil(WireRequest request, Random random) {
            String text = text(request);
            int from = random.nextInt(text.length() + 1);
            int to = from + random.nextInt(text.length() - from + 1);
            write(request, text.substring(0, to) + text.substring(from));
        }
    },
    CUT_BODY {
        @Override
        void spoil(WireRequest request, Random random) {
            String text = text(request);
            write(request, text.substring(0, random.nextInt(text.length() + 1)));
        }
    },
    OTHER_BODY {
        @Override
        void spoil(WireRequest request, Random random) {
            write(request, OddValues.any(OddValues.JSON, random));
        }
    },
    WRAPPED_BODY {
        @Override
        void spoil(WireRequest request, Random random) {
            int depth = random.nextBoolean() ? 1 : random.nextInt(20_000);
            write(request, "[".repeat(depth) + text(request) + "]".repeat(random.nextBoolean() ? depth : 0));
        }
    },
    DEEP_VALUE {
        @Override
        void spoil(WireRequest request, Random random) {
            int depth = 1 + random.nextInt(5_000);
            replace(request, VALUE, "{\"a\":".repeat(depth) + "1" + "}".repeat(depth), random);
        }
    },
    LONG_VALUE {
        @Override
        void spoil(WireRequest request, Random random) {
            String unit = OddValues.any(List.of("x", "\u00e9", "\uD83D\uDE80", " ", "9", "\\n"), random);
            replace(request, VALUE, "\"" + unit.repeat(1 + random.nextInt(70_000)) + "\"", random);
        }
    },
    LONG_NUMBER {
        @Override
        void spoil(WireRequest request, Random random) {
            replace(request, VALUE, "9".repeat(1 + random.nextInt(2_000)), random);
        }
    },
    TRAILING_TEXT {
        @Override
        void spoil(WireRequest request, Random random) {
            write(
                    request,
                    text(request) + OddValues.any(List.of("{}", "x", "]", ",", "// end", "\u0000", "\uFEFF"), random));
        }
    },
    RANDOM_BYTES {
        @Override
        void spoil(WireRequest request, Random random) {
            for (int i = 0; i < 1 + random.nextInt(5) && request.body.length > 0; i++) {
                request.body[random.nextInt(request.body.length)] = (byte) random.nextInt(256);
            }
        }
    },
    OTHER_ENCODING {
        @Override
        void spoil(WireRequest request, Random random) {
            request.body =
                    text(request).getBytes(random.nextBoolean() ? StandardCharsets.UTF_16 : StandardCharsets.UTF_16LE);
        }
    },
    ODD_PATH {
        @Override
        void spoil(WireRequest request, Random random) {
            List<String> segments =
                    new ArrayList<>(List.of(request.path.substring(1).split("/", -1)));
            int at = 2 + random.nextInt(segments.size() - 1);
            String odd = OddValues.any(OddValues.PATH, random);
            if (at >= segments.size() || random.nextInt(4) == 0) {
                segments.add(Math.min(at, segments.size()), odd);
            } else {
                segments.set(at, odd);
            }
            request.path = "/" + String.join("/", segments);
        }
    },
    LONG_PATH {
        @Override
        void spoil(WireRequest request, Random random) {
            request.path += "x".repeat(random.nextInt(9_000));
        }
    },
    ODD_QUERY {
        @Override
        void spoil(WireRequest request, Random random) {
            String odd = OddValues.any(OddValues.QUERY, random);
            request.query = random.nextBoolean() || request.query.isEmpty() ? odd : request.query + "&" + odd;
        }
    },
    ODD_HEADER {
        @Override
        void spoil(WireRequest request, Random random) {
            String header = OddValues.any(OddValues.HEADERS, random);
            if (random.nextInt(5) > 0 && header.indexOf(':') > 0) {
                request.remove(header.substring(0, header.indexOf(':')));
            }
            request.headers.add(header);
        }
    },
    MISSING_HEADER {
        @Override
        void spoil(WireRequest request, Random random) {
            request.headers.remove(random.nextInt(request.headers.size()));
            request.set("Connection", "close");
        }
    },
    ODD_METHOD {
        @Override
        void spoil(WireRequest request, Random random) {
            request.method = OddValues.any(OddValues.METHODS, random);
        }
    };

    private static final Pattern VALUE = Pattern.compile("(?<=[:\\[,] ?)(\"[^\"]*\"|true|false|\\d+)(?! ?:)");
    private static final Pattern NAME = Pattern.compile("\"[A-Za-z]+\":");
    private static final Pattern OPENING = Pattern.compile("\\{");
    private static final List<String> NAMES = List.of(
            "\"\"",
            "\"Title\"",
            "\"type\"",
            "\"reason\"",
            "\"__proto__\"",
            "\"class\"",
            "\"id\"",
            "\"\\u0000\"",
            "1",
            "a",
            "\"" + "n".repeat(1000) + "\"",
            "\"window.startsAt\"",
            "null");

    abstract void spoil(WireRequest request, Random random);

    private static String text(WireRequest request) {
        return new String(request.body, StandardCharsets.UTF_8);
    }

    private static void write(WireRequest request, String body) {
        request.body = body.getBytes(StandardCharsets.UTF_8);
        if (!request.has("Content-Type")) {
            request.set("Content-Type", "application/json");
        }
    }

    private static void replace(WireRequest request, Pattern pattern, String by, Random random) {
        String text = text(request);
        List<MatchResult> found = pattern.matcher(text).results().toList();
        if (found.isEmpty()) {
            write(request, by);
            return;
        }
        MatchResult one = found.get(random.nextInt(found.size()));
        write(request, text.substring(0, one.start()) + by + text.substring(one.end()));
    }
}
