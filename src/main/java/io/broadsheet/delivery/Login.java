package io.broadsheet.delivery;

import io.broadsheet.config.Secret;
import io.broadsheet.config.Settings.Smtp;
import org.jspecify.annotations.Nullable;

/** Who we are to a mail server. Safe for several threads, because {@link AccessTokens} is. */
final class Login {
    private final String username;
    private final @Nullable Secret password;
    private final @Nullable AccessTokens tokens;

    private Login(String username, @Nullable Secret password, @Nullable AccessTokens tokens) {
        this.username = username;
        this.password = password;
        this.tokens = tokens;
    }

    /** @return null when the server lets everybody in */
    static @Nullable Login of(Smtp smtp) {
        Secret username = smtp.username();
        if (username == null) {
            return null;
        }
        AccessTokens tokens = smtp.oauth2() == null ? null : new AccessTokens(smtp.oauth2());
        return new Login(username.reveal(), smtp.password(), tokens);
    }

    String username() {
        return username;
    }

    /**
     * The password, or an access token.
     *
     * @throws io.broadsheet.error.OutsideError when no token can be had
     */
    String secret() {
        if (tokens != null) {
            return tokens.current();
        }
        return password == null ? "" : password.reveal();
    }

    /** How it is told, in the order of preference; the words are those of AUTH (RFC 4954). */
    String mechanisms() {
        return tokens != null ? "XOAUTH2" : "PLAIN LOGIN";
    }

    /** Notes that the server did not take the secret, and answers whether there may be a better one. */
    boolean mayRetry(String refused) {
        return tokens != null && tokens.refused(refused);
    }
}
