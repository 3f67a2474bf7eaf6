/**
 * Where a home lies and what its {@code config/*.yml} says. {@link io.broadsheet.config.Home} names every path; {@link
 * io.broadsheet.config.YamlFile} reads strictly and collects all that is wrong, with file and line; {@link io.broadsheet.config.Settings} is
 * {@code broadsheet.yml}. The other three files are read by the features they define. Knows no feature. Open {@code Settings} first.
 */
@NullMarked
package io.broadsheet.config;

import org.jspecify.annotations.NullMarked;
