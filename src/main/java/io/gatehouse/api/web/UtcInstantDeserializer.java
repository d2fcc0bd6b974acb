package io.gatehouse.api.web;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Reads moments written as ISO 8601 with an offset, in the years that every database holds: 1970 to 9998. */
class UtcInstantDeserializer extends StdScalarDeserializer<Instant> {

    UtcInstantDeserializer() {
        super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        String text = parser.getValueAsString("");
        try {
            OffsetDateTime moment = OffsetDateTime.parse(text);
            if (moment.getYear() >= 1970 && moment.getYear() <= 9998) {
                return moment.toInstant();
            }
        } catch (DateTimeException e) {
            throw context.weirdStringException(text, Instant.class, "not ISO 8601");
        }
        throw context.weirdStringException(text, Instant.class, "out of range");
    }
}
