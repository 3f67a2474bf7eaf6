/**
 * The command line: reads what was typed, calls one operation, and shows the answer. It holds no rule of its own.
 *
 * <p>Standard output carries results, and with {@code --json} nothing but JSON; all else (questions, progress, errors) goes to standard error. Exit
 * codes: 0 done, 1 failed, 2 wrong usage or config, 3 partly done, 130 interrupted.
 *
 * <p>Open {@link io.broadsheet.cli.Cli} first, then one of the {@code …Command} classes: one per group of commands. What the commands need of the
 * rest is in {@link io.broadsheet.cli.Program} and {@link io.broadsheet.cli.Installation}; the composition root provides both.
 */
@NullMarked
package io.broadsheet.cli;

import org.jspecify.annotations.NullMarked;
