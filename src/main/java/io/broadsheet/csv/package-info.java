/**
 * Tables in files that people open in a spreadsheet: rows read one by one with their line numbers, and cells that no spreadsheet runs as a formula.
 * Open {@link io.broadsheet.csv.CsvReader} first.
 */
@NullMarked
package io.broadsheet.csv;

import org.jspecify.annotations.NullMarked;
