package io.broadsheet.test;

import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;

/**
 * Gives a test its two databases; {@code -Dbroadsheet.database=sqlite} or {@code postgres} only that, for the long forms. Each is closed by JUnit after
 * its invocation, since it is AutoCloseable.
 */
final class BothDatabases implements ArgumentsProvider {
    private static final String ONLY = System.getProperty("broadsheet.database", "");

    @Override
    public Stream<? extends Arguments> provideArguments(ParameterDeclarations parameters, ExtensionContext context) {
        Stream<Supplier<TestDatabase>> both = Stream.of(TestDatabase::sqlite, TestDatabase::postgres);
        return both.skip(ONLY.equals("postgres") ? 1 : 0)
                .limit(ONLY.equals("sqlite") || !PostgresServer.isAvailable() ? 1 : 2)
                .map(one -> Arguments.of(one.get()));
    }
}
