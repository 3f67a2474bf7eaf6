package io.broadsheet.doctor;

import io.broadsheet.doctor.RateStore.Domain;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Judges complaints and refusals of the last weeks by provider. */
final class Rates {
    /** Gmail and Yahoo: stay below, and above the second nothing helps. */
    private static final double COMPLAINTS_GOOD = 0.001;

    private static final double COMPLAINTS_MAX = 0.003;
    /** What a list that is kept clean stays below; no provider says its own. */
    private static final double REFUSED_MAX = 0.05;
    /** With fewer, one reader would decide. */
    private static final long ENOUGH = 1_000;

    private static final long SHOWN_MIN = 100;

    private Rates() {}

    /**
     * @param provider who takes the mail of a domain
     * @return providers with the most mail first
     */
    static List<Finding> judge(List<Domain> domains, UnaryOperator<String> provider) {
        Map<String, Domain> byProvider = new TreeMap<>();
        for (Domain one : domains) {
            String name = provider.apply(one.name());
            byProvider.merge(name, new Domain(name, one.accepted(), one.refused(), one.complaints()), Rates::sum);
        }
        List<Domain> largest = byProvider.values().stream()
                .filter(one -> one.accepted() + one.refused() >= SHOWN_MIN || one.complaints() > 0)
                .sorted((a, b) -> Long.compare(b.accepted() + b.refused(), a.accepted() + a.refused()))
                .toList();
        List<Finding> findings = new ArrayList<>();
        for (Domain one : largest) {
            findings.add(complaints(one));
            findings.add(refusals(one));
        }
        return findings;
    }

    private static Domain sum(Domain a, Domain b) {
        return new Domain(
                a.name(), a.accepted() + b.accepted(), a.refused() + b.refused(), a.complaints() + b.complaints());
    }

    private static Finding complaints(Domain one) {
        double rate = one.accepted() == 0 ? 0 : (double) one.complaints() / one.accepted();
        String found = one.complaints() + " complaints about " + one.accepted() + " accepted (" + percent(rate) + ")";
        List<String> wantedBy = Finding.ALL.contains(one.name()) ? List.of(one.name()) : List.of();
        if (one.name().equals("gmail")) {
            // Gmail tells nobody who complained; it shows the rate alone, in its own tool.
            return Finding.unseen(
                    "complaints",
                    one.name(),
                    found,
                    "see the spam rate in Google Postmaster Tools: below 0.1 %, never 0.3 %",
                    wantedBy);
        }
        if (one.accepted() < ENOUGH) {
            return Finding.unseen(
                    "complaints", one.name(), found, "too few to judge; look again after more mail", wantedBy);
        }
        if (rate < COMPLAINTS_GOOD) {
            return Finding.pass("complaints", one.name(), found, wantedBy);
        }
        return Finding.fail(
                "complaints",
                one.name(),
                found + (rate < COMPLAINTS_MAX ? ", over 0.1 %" : ", over 0.3 %"),
                "mail less to those who don't read, and see where their consent came from",
                wantedBy);
    }

    private static Finding refusals(Domain one) {
        long all = one.accepted() + one.refused();
        double rate = all == 0 ? 0 : (double) one.refused() / all;
        String found = one.refused() + " of " + all + " refused (" + percent(rate) + ")";
        return rate < REFUSED_MAX || one.refused() < 10
                ? Finding.pass("refusals", one.name(), found, List.of())
                : Finding.fail(
                        "refusals",
                        one.name(),
                        found,
                        "see why: 'broadsheet edition deliveries ID --state refused'",
                        List.of());
    }

    private static String percent(double rate) {
        return String.format(Locale.ROOT, "%.2f %%", rate * 100);
    }
}
