package io.broadsheet.edition;

import io.broadsheet.db.Tx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes an edition down: first what it tells everybody, then one page of readers after the other. Used by one thread. */
final class Pages {
    /** The turn of all composing: what a page of readers had is looked up and its deliveries are queued with no other edition's page between. */
    private static final long TURN = 0x45444954494F4E31L;
    /** Variant ids at hand; beyond that they are looked up by fingerprint again. Ids of all variants would grow with the readers. */
    private static final int KEPT_VARIANTS = 10_000;

    private final EditionStores stores;
    private final Queue queue;
    private final long node;
    private final Edition edition;
    private final Plan plan;
    private final Map<String, VariantId> variants = new HashMap<>();
    private long readers;
    private long recipients;

    Pages(EditionStores stores, Queue queue, long node, Edition edition, Plan plan) {
        this.stores = stores;
        this.queue = queue;
        this.node = node;
        this.edition = edition;
        this.plan = plan;
    }

    /** How many were looked at so far. */
    long readers() {
        return readers;
    }

    /** How many of them have a delivery. */
    long recipients() {
        return recipients;
    }

    /** What every mail of the edition tells; answers false when it isn't ours any more. */
    boolean first(Tx tx) {
        tx.dialect().takeTurn(tx, TURN);
        if (!stores.editions().count(tx, edition.id(), node, 0)) {
            return false;
        }
        stores.retractions().plan(tx, edition);
        return true;
    }

    /** Empty when the edition isn't ours any more. */
    Optional<Plan.Page> next(Tx tx, long after) {
        tx.dialect().takeTurn(tx, TURN);
        Plan.Page page = plan.page(tx, after);
        if (!stores.editions().count(tx, edition.id(), node, page.dealt().size())) {
            return Optional.empty();
        }
        List<Queue.Recipient> dealt = new ArrayList<>();
        for (Plan.Dealt one : page.dealt()) {
            dealt.add(new Queue.Recipient(one.reader().subscriber(), variant(tx, one.share())));
        }
        if (!dealt.isEmpty()) {
            queue.add(tx, edition.id(), dealt);
        }
        readers += page.readers();
        recipients += dealt.size();
        return Optional.of(page);
    }

    private VariantId variant(Tx tx, Share share) {
        if (variants.size() >= KEPT_VARIANTS) {
            variants.clear();
        }
        int maximum = edition.definition().maximum();
        return variants.computeIfAbsent(
                share.fingerprint(), any -> stores.variants().put(tx, edition.id(), share, maximum));
    }
}
