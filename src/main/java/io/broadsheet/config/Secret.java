package io.broadsheet.config;

/** A password, token or other value that nobody may read in a log, an error, JSON or a debugger's list: it shows itself as {@code ***}. */
public final class Secret {
    private final String hidden;

    public Secret(String hidden) {
        this.hidden = hidden;
    }

    /** The value itself, for the one call that needs it. Not named like a getter, so that no JSON writer finds it. */
    public String reveal() {
        return hidden;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && secret.hidden.equals(hidden);
    }

    @Override
    public int hashCode() {
        return hidden.hashCode();
    }

    @Override
    public String toString() {
        return "***";
    }
}
