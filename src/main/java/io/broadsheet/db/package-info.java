/**
 * Pools, dialects, transactions and migrations: all that touches JDBC, but for the SQL itself, which lives in each feature's store. Open\n * {@link io.broadsheet.db.Database} first.
 */
@NullMarked
package io.broadsheet.db;

import org.jspecify.annotations.NullMarked;
