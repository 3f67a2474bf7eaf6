package io.broadsheet.delivery;

import java.util.EnumMap;
import java.util.Map;

/** How many deliveries of one edition are in each state, as of one instant. */
record Counts(Map<DeliveryState, Long> byState) {
    Counts {
        EnumMap<DeliveryState, Long> copy = new EnumMap<>(DeliveryState.class);
        copy.putAll(byState);
        byState = copy;
    }

    long of(DeliveryState state) {
        return byState.getOrDefault(state, 0L);
    }

    long total() {
        return byState.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Those that were never answered for: waiting, or in hand. */
    long underway() {
        return of(DeliveryState.QUEUED) + of(DeliveryState.CLAIMED) + of(DeliveryState.SENDING);
    }
}
