package io.broadsheet.article;

/** Where what tells stories apart is kept. */
record IdentityStores(SightingStore sightings, WordingStore wordings, TextBandStore bands, RulingStore rulings) {
    static IdentityStores make() {
        return new IdentityStores(new SightingStore(), new WordingStore(), new TextBandStore(), new RulingStore());
    }
}
