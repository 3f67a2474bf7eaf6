package io.broadsheet.cli;

/** What a command ends with. */
final class ExitCode {
    static final int DONE = 0;
    /** It ran and failed, or met a bug. */
    static final int FAILED = 1;
    /** Wrong usage, config or input; nothing was changed. */
    static final int WRONG = 2;
    /** Some sources or recipients failed. */
    static final int PARTLY = 3;
    /** The state is safe; the same command goes on. */
    static final int INTERRUPTED = 130;

    private ExitCode() {}
}
