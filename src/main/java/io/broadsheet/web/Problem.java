package io.broadsheet.web;

import io.broadsheet.json.Json;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a program is told what went wrong: problem details (RFC 9457).
 *
 * @param title what happened, in a few words
 * @param detail what, and the mend
 * @param errors each single mistake; none where {@code detail} says all
 */
public record Problem(int status, String title, String detail, List<Mistake> errors) {
    /** What begins so is asked by programs. */
    static final String PATHS = "/api/";

    private static final String MEDIA_TYPE = "application/problem+json";

    public Problem {
        errors = List.copyOf(errors);
    }

    /** @param pointer to the place in what was sent: a JSON Pointer as a URI fragment, such as {@code #/0/title} */
    public record Mistake(String pointer, String detail) {}

    /** Writes it as the answer. */
    public void answer(Context http) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("type", "about:blank");
        members.put("title", title);
        members.put("status", status);
        members.put("detail", detail);
        if (!errors.isEmpty()) {
            members.put("errors", errors);
        }
        http.header("Cache-Control", "no-store")
                .status(status)
                .contentType(MEDIA_TYPE)
                .result(Json.write(members));
    }
}
