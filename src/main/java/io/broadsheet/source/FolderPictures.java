package io.broadsheet.source;

import io.broadsheet.source.FolderReader.Found;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The pictures of a folder, found by the text files that they lie beside. Only read once made, so safe for several threads. */
final class FolderPictures {
    private final Map<String, Found> exact = new HashMap<>();

    /** By the name in its composed form (Unicode NFC): some file systems take names apart, and editors write them composed. */
    private final Map<String, Found> composed = new HashMap<>();

    private final Map<String, List<Found>> byStem = new HashMap<>();

    /** @param all files of the folder, in the order of their names */
    FolderPictures(List<Found> all) {
        for (Found one : all) {
            if (PicturesBeside.isPicture(one.name())) {
                exact.put(one.name(), one);
                composed.putIfAbsent(composed(one.name()), one);
                byStem.computeIfAbsent(stem(one.name()), stem -> new ArrayList<>())
                        .add(one);
            }
        }
    }

    /** The picture of that name, relative to the whole folder. */
    @Nullable
    Found find(String name) {
        Found found = exact.get(name);
        return found == null ? composed.get(composed(name)) : found;
    }

    /** The picture that a text calls by this name; absent for a path to elsewhere. */
    @Nullable
    Found beside(String text, String name) {
        return name.indexOf('/') >= 0 ? null : find(folder(text) + name);
    }

    /** Those with the text's own name, in the order of theirs. */
    List<Found> ofItsName(String text) {
        return byStem.getOrDefault(stem(text), List.of());
    }

    private static String folder(String name) {
        return name.substring(0, name.lastIndexOf('/') + 1);
    }

    private static String stem(String name) {
        int dot = name.lastIndexOf('.');
        return composed(dot < 0 ? name : name.substring(0, dot));
    }

    private static String composed(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC);
    }
}
