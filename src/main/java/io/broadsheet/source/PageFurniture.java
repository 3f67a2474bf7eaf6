package io.broadsheet.source;

import java.util.regex.Pattern;

/** Lines of web pages that stand in or around a story's text and are none of it, in the languages pages are written in, as data. */
final class PageFurniture {
    /** Longer lines are sentences, however they begin. */
    private static final int LINE_MAX = 200;

    private static final int HEADING_MAX = 70;

    private static final Pattern BEGINNINGS = Pattern.compile("(?iu)^[\\s\\p{Punct}»›→▶►•·|]*(?:"
            + "(?:also |see |please )?read (?:more|also|next|on|the full (?:story|article)|this next)\\b|read\\s*:|related\\s*[:|]|related (?:stor|article|post|news|content|coverage|link|topic|video)"
            + "|see also\\b|more (?:on this|from|stories|news|like this|in this)|more\\s*:|don['’]t miss\\b|recommended (?:for|stor|read|article)|watch\\s*:|listen\\s*:|watch (?:more|now|the video|live)\\b"
            + "|sign up (?:for|to|here|now)|subscribe (?:to|now|here|for|today)|follow (?:us|our|@|on|him on|her on|them on)|like us on|join (?:us on|our (?:whatsapp|telegram|newsletter|channel))|get (?:our|the) (?:daily |weekly )?(?:newsletter|app)"
            + "|click here (?:to|for)|share (?:this|on|via)\\b|tweet this|continue reading\\b|(?:story|article) continues|scroll (?:down )?(?:to|for)|skip (?:to|past|advert)"
            + "|(?:photo|image|picture|photograph|video|file photo|photo credit|image credit|image source|image caption|credit|photos?) ?(?:by\\b|:|/)|photo courtesy|getty images|image caption"
            + "|copyright\\b.{0,20}(?:©|\\d{4})|(?:©|\\(c\\)) ?\\d{4}|all rights reserved|the post .{1,150} (?:appeared first|first appeared) on"
            + "|download (?:our|the) .{0,30}app|(?:please )?enable javascript|your (?:email|e-mail) address will not|(?:leave|post|add|write) a (?:comment|reply)|(?:view|show|hide|load|read) (?:all |more )?(?:the )?(?:\\d+ )?comments|\\d+ comments?$"
            + "|(?:tags?|tagged|topics?|keywords|filed under|posted in|categor(?:y|ies)|labels)\\s*:|(?:tagged|filed) (?:as|with|under|in)\\b|posted in\\b|most (?:read|popular|viewed)\\b|have (?:a|you got a) (?:story|news|tip)\\b"
            + "|lesen sie (?:auch|mehr|hier)|mehr zum thema|auch interessant|mehr dazu|lesen sie|das könnte sie auch|foto\\s*:|bild\\s*:|quelle\\s*:|schlagw"
            + "|(?:à |a )?lire (?:aussi|également)|(?:à|a) (?:lire|voir|écouter) (?:aussi )?[:|]|sur le même (?:sujet|thème)|abonnez-vous|crédit photo|partager (?:sur|cet)"
            + "|le[ae] (?:también|tambien|además|más)|también (?:te )?(?:puede|lee)|te puede interesar|lo más (?:leído|visto)|noticias? relacionad|compart[ie]r? (?:en|esta|este)|suscr[ií]b"
            + "|leia (?:também|mais)|veja (?:também|mais)|saiba mais|siga (?:o|a|nos)|leggi anche|leggi (?:tutto|di più)|potrebbe interessarti|lees (?:ook|meer|verder)"
            + "|читайте (?:также|по теме|ещё|еще)|читать (?:также|далее)|подписывайтесь|фото\\s*:|по теме\\s*:|اقرأ (?:أيضا|أيضًا|المزيد)|اقرأ أيضاً|إقرأ أيضا|شاهد أيضا"
            + "|関連記事|あわせて読みたい|続きを読む|【関連|相关(?:阅读|新闻|文章|报道)|延伸阅读|責任編輯|责任编辑|(?:编辑|編輯)[:：]|관련\\s?기사|관련\\s?뉴스|무단\\s?전재|저작권자"
            + "|czytaj (?:też|także|również|więcej)|zobacz (?:też|także|również)|przeczytaj|läs (?:också|mer)|les (?:også|mer)|læs (?:også|mere)|lue myös|baca juga|simak juga|ayrıca oku|διαβάστε (?:επίσης|ακόμα)|यह भी पढ़ें|ये भी पढ़ें|đọc thêm|xem thêm"
            + ").*");

    private static final Pattern WHOLE = Pattern.compile(
            "(?iu)^[\\s\\p{Punct}]*(?:\\d{1,2}[:.]\\d{2}(?: ?[ap]\\.?m\\.?)?(?: [a-z]{3,4})?|advert(?:isement|ising)?|ad|anzeige|werbung|publicidad|publicité|pubblicità|publicidade|реклама|reklama|annonce|sponsored|promoted|loading.{0,3}|tweet|share|print|e-?mail|facebook|twitter|whatsapp|linkedin|pinterest|telegram|reddit|copy link|copied|save|close|menu|search|comments?|listen|play|pause|watch|top|next|previous|back|(?:\\d+|one|two|three|four|five|ten) ?min(?:ute)?s?\\.? (?:read|listen).*|\\d+ shares?|\\d+ views?|getty|reuters|afp|ap|file photo|image|photo|read more|read full (?:story|article)|show more|see more|see less|learn more|view image page|more|teilen|drucken|kommentare|partager|imprimer|compartir|imprimir|condividi|stampa)[\\s\\p{Punct}]*$");

    private static final Pattern HEADINGS = Pattern.compile(
            "(?iu)^[\\s\\p{Punct}]*(?:related\\b.{0,30}|more (?:from|on this|stories|news|articles|coverage|like this|to explore|top stories|headlines)\\b.{0,50}|recommended\\b.{0,30}|(?:you|readers) (?:may|might|also|could)\\b.{0,30}|read (?:next|more|also)\\b.{0,40}|also read\\b.{0,40}|up next|trending\\b.{0,20}|most (?:read|popular|viewed|recent|shared)\\b.{0,20}|latest (?:news|stories|posts|articles|updates|from|in)\\b.{0,30}|(?:reader |view |show )?comments?(?: \\(?\\d+\\)?)?|\\d+ (?:comments?|responses?|thoughts?|replies)\\b.{0,200}|leave a (?:comment|reply)\\b.{0,30}|join the (?:discussion|conversation)|about the (?:author|writer)s?|share (?:this|on)\\b.{0,30}|(?:tags|topics|categories|keywords|newsletters?|navigation|post navigation|share|sharing|links)|(?:sign up|subscribe|get the (?:latest|newsletter|app|best))\\b.{0,50}|(?:popular|recent|similar|featured|other|further) (?:posts?|stor(?:y|ies)|articles?|news|reading)\\b.{0,20}|don['’]t miss|editor['’]?s['’]? picks?|what to read next|sponsored\\b.{0,30}|promoted\\b.{0,20}|follow us\\b.{0,30}|stay (?:connected|informed|up to date)\\b.{0,20}|see also|explore more\\b.{0,30}|in this (?:story|article)|on this page|table of contents|contents|mehr zum thema|mehr aus\\b.{0,30}|das könnte\\b.{0,30}|weitere (?:artikel|themen|meldungen|nachrichten|beiträge|links)\\b.{0,20}|kommentare\\b.{0,20}|(?:à|a) lire (?:aussi|également)\\b.{0,20}|sur le même (?:sujet|thème)|articles? (?:liés|similaires|connexes)|commentaires?|noticias? relacionadas?|(?:te|le) puede interesar.{0,20}|lo más (?:leído|visto)|comentarios?|leia (?:também|mais)|veja (?:também|mais)|mais (?:lidas|notícias).{0,20}|articoli correlati|leggi anche|potrebbe interessarti.{0,20}|commenti|lees ook|meer over\\b.{0,30}|читайте также|по теме|комментарии.{0,10}|другие новости|материалы по теме|اقرأ أيضا|أخبار ذات صلة|مواضيع ذات صلة|関連記事|関連ニュース|おすすめ記事|人気記事|相关(?:阅读|新闻|文章)|推荐阅读|延伸阅读|관련\\s?(?:기사|뉴스))[\\s\\p{Punct}]*$");

    private PageFurniture() {}

    /** Whether this line is none of the text, wherever it stands. */
    static boolean isLine(String line) {
        String text = line.strip();
        return text.length() <= LINE_MAX
                && (BEGINNINGS.matcher(text).matches() || WHOLE.matcher(text).matches());
    }

    /** Whether what follows this heading is something else than the story. */
    static boolean isHeading(String line) {
        String text = line.strip();
        return text.length() <= HEADING_MAX && HEADINGS.matcher(text).matches();
    }
}
