package io.broadsheet.demo;

import io.broadsheet.json.Json;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What an onlooker can see of the story so far: feeds over HTTP, and each reader's mails. Used by one thread. */
final class Story {
    static final List<String> FEEDS = List.of("all", "harbour", "releases");
    static final String PRESS_RELEASE = "Space Force leaders visit Japan to strengthen partnership";
    /** In two sources, with tracking parameters in one. */
    static final String TOLD_TWICE = "Harbour bridge reopens after nine days of repair";
    /** All that is there at first. */
    static final List<String> HEADLINES = List.of(
            "Night ferry to Sandholm starts on the first of May",
            TOLD_TWICE,
            "Tide gauge at the old mole goes digital",
            "Dredging of the north channel: what skippers should know",
            "Council adopts the plan for the old gasworks",
            "姉妹都市から桜の苗木百本が届く",
            "Library & archive: longer hours from Monday",
            PRESS_RELEASE,
            "Reservoir stands at 91 per cent after a wet spring");

    static final String FIRST_NEW = "Storm warning: berths 3 to 8 are cleared tonight";
    static final String SECOND_NEW = "Storm passed: all berths are open again";

    private final Mailboxes mailboxes;
    private final Outside outside;

    Story(Mailboxes mailboxes, Outside outside) {
        this.mailboxes = mailboxes;
        this.outside = outside;
    }

    Outside outside() {
        return outside;
    }

    /** The headlines of a feed, as its JSON tells them; none while it isn't there yet. */
    List<String> headlines(String feed) {
        return items(feed).stream()
                .map(item -> String.valueOf(item.get("title")))
                .toList();
    }

    /** The items of a feed, as its JSON tells them; none while it isn't there yet. */
    List<Map<?, ?>> items(String feed) {
        HttpResponse<String> answer = outside.get("/feeds/" + feed + ".json");
        if (answer.statusCode() != 200) {
            return List.of();
        }
        List<Map<?, ?>> items = new ArrayList<>();
        if (Json.read(answer.body(), Map.class).get("items") instanceof List<?> all) {
            all.forEach(item -> items.add((Map<?, ?>) item));
        }
        return items;
    }

    /** In how many of a reader's mails a headline is. */
    long times(Reader reader, String headline) {
        return mailboxes.of(reader).stream()
                .filter(mail -> mail.tells(headline))
                .count();
    }

    boolean hasAllOfTheFirst(Reader reader) {
        return HEADLINES.stream().allMatch(headline -> times(reader, headline) > 0);
    }
}
