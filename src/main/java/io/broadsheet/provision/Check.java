package io.broadsheet.provision;

import io.broadsheet.config.Home;
import io.broadsheet.config.Problem;
import io.broadsheet.newsletter.TemplateSyntax;
import java.util.List;

/** Finds everything that is wrong in a home's definitions at once. Changes nothing. */
public final class Check {
    private final Home home;
    private final TemplateSyntax syntax;

    /** @param syntax asks what is wrong with the templates that newsletters name */
    public Check(Home home, TemplateSyntax syntax) {
        this.home = home;
        this.syntax = syntax;
    }

    /** All problems, in the order of the files (settings, sources, feeds, newsletters) and of the lines; empty when all is right. */
    public List<Problem> check() {
        return Definitions.read(home, syntax).problems();
    }
}
