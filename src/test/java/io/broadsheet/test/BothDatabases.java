package io.broadsheet.test;

import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;

/** Gives a test its two databases. Each is closed by JUnit after its invocation, since it is AutoCloseable. */
final class BothDatabases implements ArgumentsProvider {
    @Override
    public Stream<? extends Arguments> provideArguments(ParameterDeclarations parameters, ExtensionContext context) {
        Stream<Arguments> sqlite = Stream.of(1).map(one -> Arguments.of(TestDatabase.sqlite()));
        if (!PostgresServer.isAvailable()) {
            return sqlite;
        }
        return Stream.concat(sqlite, Stream.of(1).map(one -> Arguments.of(TestDatabase.postgres())));
    }
}
