package io.broadsheet.web.site;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Which of our two forms a client takes (RFC 9110 §12.5.3). */
enum AcceptEncoding {
    IDENTITY,
    GZIP,
    NEITHER;

    private static final String ANY = "*";

    /**
     * Chooses.
     *
     * @param lines of the header; without any, as without a word in it, only the plain form is sure to be understood
     */
    static AcceptEncoding of(List<String> lines) {
        Map<String, Double> weights = weights(lines);
        double gzip = weights.getOrDefault("gzip", weights.getOrDefault("x-gzip", weights.getOrDefault(ANY, 0.0)));
        // Plain is always acceptable unless it is named, itself or by the star, with a weight of zero.
        // Not named, it comes last.
        boolean refusedByStar = weights.getOrDefault(ANY, 1.0) == 0;
        double identity = weights.getOrDefault("identity", refusedByStar ? 0 : Double.MIN_VALUE);
        if (gzip > 0 && gzip >= identity) {
            return GZIP;
        }
        return identity > 0 ? IDENTITY : NEITHER;
    }

    private static Map<String, Double> weights(List<String> lines) {
        Map<String, Double> weights = new HashMap<>();
        for (String line : lines) {
            for (String element : line.split(",", -1)) {
                String[] parts = element.split(";", -1);
                String coding = parts[0].strip().toLowerCase(Locale.ROOT);
                if (!coding.isEmpty()) {
                    weights.put(coding, weight(parts));
                }
            }
        }
        return weights;
    }

    /** §12.4.2: 0 to 1, 1 when it is not said; what is no number makes the element worth nothing. */
    private static double weight(String[] parts) {
        for (int at = 1; at < parts.length; at++) {
            String parameter = parts[at].strip().toLowerCase(Locale.ROOT);
            if (parameter.startsWith("q=")) {
                String value = parameter.substring("q=".length()).strip();
                return value.matches("0(\\.\\d{0,3})?|1(\\.0{0,3})?") ? Double.parseDouble(value) : 0;
            }
        }
        return 1;
    }
}
