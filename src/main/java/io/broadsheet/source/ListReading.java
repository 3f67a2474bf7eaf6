package io.broadsheet.source;

import io.broadsheet.error.OutsideError;
import io.broadsheet.log.Safe;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the list in a page: by selectors that are given, as it was found before, or else anew; and says when the page has changed. */
final class ListReading {
    /** With fewer than this a half is one story more or less. */
    private static final int USUAL_MIN = 4;

    private ListReading() {}

    /**
     * The list.
     *
     * @param path by which it is found again; absent with given selectors
     * @param usual how many stories to expect next time
     */
    record Found(List<Listed> stories, @Nullable String path, int usual) {}

    /** @throws OutsideError when there is none */
    static Found of(ListPage page, SourceDefinition source, SourceMemory memory, Notes notes) {
        Selectors selectors = source.rules().selectors();
        if (selectors != null) {
            return given(page.selected(selectors), memory, source, notes);
        }
        List<Listed> again = memory.path() == null ? List.of() : page.again(memory.path());
        if (!again.isEmpty() && !isFew(again, memory)) {
            return new Found(again, memory.path(), again.size());
        }
        ListPage.Learned learned = page.learn().orElse(null);
        if (learned == null && again.isEmpty()) {
            throw none(source, memory);
        }
        if (memory.usual() == 0 && learned != null) {
            return new Found(
                    learned.stories(), learned.path(), learned.stories().size());
        }
        return changed(again, learned, memory, notes);
    }

    /** A list that shows known stories is the old one in a new dress; any other is only proposed, while the old one has a story left. */
    private static Found changed(
            List<Listed> again, ListPage.@Nullable Learned learned, SourceMemory memory, Notes notes) {
        long known = learned == null
                ? 0
                : learned.stories().stream().filter(memory::knows).count();
        int less = Math.max(0, memory.usual() - 1);
        if (learned != null && learned.stories().size() > again.size() && (known > 0 || again.isEmpty())) {
            notes.add("layout changed? the list was learned anew, at '" + Safe.text(learned.path()) + "'; " + known
                    + " of its " + learned.stories().size() + " stories were known");
            return new Found(
                    learned.stories(),
                    learned.path(),
                    Math.max(learned.stories().size(), less));
        }
        String proposal = learned == null || learned.stories().size() <= again.size()
                ? ""
                : "; 'selectors: { link: \"" + Safe.text(learned.path()) + "\" }' would find "
                        + learned.stories().size();
        notes.add("layout changed? " + again.size() + (again.size() == 1 ? " story" : " stories") + " where "
                + memory.usual() + " are usual" + proposal);
        return new Found(again, memory.path(), Math.max(again.size(), less));
    }

    private static Found given(List<Listed> stories, SourceMemory memory, SourceDefinition source, Notes notes) {
        if (stories.isEmpty()) {
            throw new OutsideError(
                    "source " + source.name() + ": " + source.url() + ": its 'selectors' find no story"
                            + (memory.usual() > 0 ? ", where " + memory.usual() + " are usual; layout changed?" : "")
                            + "; mend them, or take them out to have the list learned",
                    false,
                    null);
        }
        if (isFew(stories, memory)) {
            notes.add(
                    "layout changed? the selectors find " + stories.size() + " where " + memory.usual() + " are usual");
            return new Found(stories, null, Math.max(stories.size(), memory.usual() - 1));
        }
        return new Found(stories, null, stories.size());
    }

    private static boolean isFew(List<Listed> stories, SourceMemory memory) {
        return memory.usual() >= USUAL_MIN && stories.size() * 2 < memory.usual();
    }

    private static OutsideError none(SourceDefinition source, SourceMemory memory) {
        String why = memory.usual() > 0
                ? "no list of stories any more, where " + memory.usual()
                        + " were usual; layout changed? What is known stays; "
                : "no list of stories was found on it; ";
        return new OutsideError(
                "source " + source.name() + ": " + source.url() + ": " + why
                        + "say with 'selectors' where its stories are, or look for its feed with 'broadsheet source add'",
                false,
                null);
    }

    /** The same list on a further page. */
    static List<Listed> like(ListPage page, SourceDefinition source, Found found) {
        Selectors selectors = source.rules().selectors();
        if (selectors != null) {
            return page.selected(selectors);
        }
        List<Listed> again = found.path() == null || found.path().isEmpty() ? List.of() : page.again(found.path());
        return again.isEmpty() ? page.learn().map(ListPage.Learned::stories).orElse(List.of()) : again;
    }
}
