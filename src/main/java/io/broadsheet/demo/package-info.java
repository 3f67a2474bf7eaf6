/**
 * The sandbox: a small newsroom over real loopback HTTP, a mail server that keeps what it gets, three invented readers, and the program between them.
 * It tells on the terminal what happens, and with {@code --once} checks from the outside, as a feed reader, a mail program and a reader would, that
 * it was so. Nothing leaves the machine, and its folder goes when it ends.
 *
 * <p>Open {@link io.broadsheet.demo.Demo} first. The sample texts are in {@code src/main/resources/demo}.
 */
@NullMarked
package io.broadsheet.demo;

import org.jspecify.annotations.NullMarked;
