package io.broadsheet.feedback.webhook;

import io.broadsheet.config.FeedbackDoors;
import io.broadsheet.config.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A password or a token that was given to a provider, which sends it along (RFC 7617, RFC 6750). */
final class Credentials {
    private final @Nullable Secret basic;
    private final @Nullable Secret token;

    private Credentials(@Nullable Secret basic, @Nullable Secret token) {
        this.basic = basic;
        this.token = token;
    }

    static Credentials of(FeedbackDoors.Webhook hook) {
        Secret username = hook.username();
        Secret password = hook.password();
        Secret basic = username == null || password == null
                ? null
                : new Secret(Base64.getEncoder()
                        .encodeToString(
                                (username.reveal() + ":" + password.reveal()).getBytes(StandardCharsets.UTF_8)));
        return new Credentials(basic, hook.token());
    }

    /** Without a credential to compare with, nobody is let in. */
    boolean accept(Posted posted) {
        String[] given = posted.header("Authorization").strip().split(" +", 2);
        if (given.length < 2) {
            return false;
        }
        return switch (given[0].toLowerCase(Locale.ROOT)) {
            case "basic" -> basic != null && Proof.same(given[1], basic.reveal());
            case "bearer" -> token != null && Proof.same(given[1], token.reveal());
            default -> false;
        };
    }
}
