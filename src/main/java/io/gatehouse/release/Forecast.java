package io.gatehouse.release;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When something will be done.
 *
 * @param likely as likely earlier as later
 * @param earliest with one chance in ten it is done before; absent if too little is known of the past
 * @param latest with one chance in ten it is done after; absent if too little is known of the past
 */
public record Forecast(Instant likely, @Nullable Instant earliest, @Nullable Instant latest) {}
