package io.broadsheet.source;

import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Month names and zone names, as data. */
final class DateWords {
    /** English, French, German, Spanish, Italian, Portuguese, Dutch, Polish, Russian, Greek, Hungarian, Swedish, Czech, Turkish; lower case, without accents. */
    private static final String[] MONTHS = {
        "jan january janvier janv januar janner jaenner enero ene gennaio gen janeiro januari stycznia styczen sty января январь янв ιαν ιανουαριου ledna leden ocak",
        "feb february fevrier fevr fev februar febrero febbraio fevereiro februari lutego luty lut февраля февраль фев февр φεβ φεβρουαριου februari unora unor subat",
        "mar march mars marz maerz mrz marzo marco maart mrt marca marzec марта март мар μαρ μαρτιου marcius mars brezna brezen mart",
        "apr april avril avr abril abr aprile kwietnia kwiecien kwi апреля апрель апр απρ απριλιου aprilis dubna duben nisan",
        "may mai mayo maggio mag maio mei maja maj мая маи май μαι μαιου majus maujus kvetna kveten mayıs mayis",
        "jun june juin juni junio giugno giu junho czerwca czerwiec cze июня июнь июн ιουν ιον ιουνιου junius cervna cerven haziran",
        "jul july juillet juil juli julio luglio lug julho lipca lipiec lip июля июль июл ιουλ ιολ ιουλιου julius cervence cervenec temmuz",
        "aug august aout agosto ago augustus sierpnia sierpien sie августа август авг αυγ αυγουστου augusztus augusti srpna srpen agustos",
        "sep sept september septembre septiembre settembre set setembro wrzesnia wrzesien wrz сентября сентябрь сен сент σεπ σεπτ σεπτεμβριου szeptember zari eylul",
        "oct october octobre okt oktober octubre ottobre ott outubro out pazdziernika pazdziernik paz октября октябрь окт οκτ οκτωβριου rijna rijen ekim",
        "nov november novembre noviembre novembro listopada listopad lis ноября ноябрь ноя νοε νοεμβριου listopadu kasım kasim",
        "dec december decembre dez dezember diciembre dic dicembre dezembro grudnia grudzien gru декабря декабрь дек δεκ δεκεμβριου prosince prosinec aralık aralik"
    };

    private static final Map<String, String> ZONES = Map.ofEntries(
            Map.entry("z", "Z"),
            Map.entry("ut", "Z"),
            Map.entry("utc", "Z"),
            Map.entry("gmt", "Z"),
            Map.entry("wet", "Z"),
            Map.entry("est", "-05:00"),
            Map.entry("edt", "-04:00"),
            // Said of summer and winter alike: what it means depends on the day.
            Map.entry("et", "America/New_York"),
            Map.entry("ct", "America/Chicago"),
            Map.entry("mt", "America/Denver"),
            Map.entry("pt", "America/Los_Angeles"),
            Map.entry("cst", "-06:00"),
            Map.entry("cdt", "-05:00"),
            Map.entry("mst", "-07:00"),
            Map.entry("mdt", "-06:00"),
            Map.entry("pst", "-08:00"),
            Map.entry("pdt", "-07:00"),
            Map.entry("akst", "-09:00"),
            Map.entry("akdt", "-08:00"),
            Map.entry("hst", "-10:00"),
            Map.entry("ast", "-04:00"),
            Map.entry("adt", "-03:00"),
            Map.entry("nst", "-03:30"),
            Map.entry("ndt", "-02:30"),
            Map.entry("brt", "-03:00"),
            Map.entry("art", "-03:00"),
            Map.entry("bst", "+01:00"),
            Map.entry("west", "+01:00"),
            Map.entry("cet", "+01:00"),
            Map.entry("mez", "+01:00"),
            Map.entry("met", "+01:00"),
            Map.entry("cest", "+02:00"),
            Map.entry("mesz", "+02:00"),
            Map.entry("mest", "+02:00"),
            Map.entry("eet", "+02:00"),
            Map.entry("sast", "+02:00"),
            Map.entry("eest", "+03:00"),
            Map.entry("msk", "+03:00"),
            Map.entry("trt", "+03:00"),
            Map.entry("gst", "+04:00"),
            Map.entry("pkt", "+05:00"),
            Map.entry("ist", "+05:30"),
            Map.entry("wib", "+07:00"),
            Map.entry("ict", "+07:00"),
            Map.entry("hkt", "+08:00"),
            Map.entry("sgt", "+08:00"),
            Map.entry("awst", "+08:00"),
            Map.entry("jst", "+09:00"),
            Map.entry("kst", "+09:00"),
            Map.entry("aest", "+10:00"),
            Map.entry("aedt", "+11:00"),
            Map.entry("acst", "+09:30"),
            Map.entry("nzst", "+12:00"),
            Map.entry("nzdt", "+13:00"));

    /** Where one of these names means the local time instead: a source that says its zone lies there is believed. */
    private static final Map<String, Set<String>> SHARED = Map.of(
            "ist", Set.of("Asia/Jerusalem", "Asia/Tel_Aviv", "Europe/Dublin"),
            "bst", Set.of("Asia/Dhaka", "Pacific/Bougainville"),
            "cst", Set.of("Asia/Shanghai", "Asia/Taipei", "Asia/Macau", "America/Havana"),
            "et", Set.of("America/New_York", "America/Toronto", "America/Detroit"),
            "ast", Set.of("Asia/Riyadh", "Asia/Kuwait", "Asia/Baghdad"));

    private DateWords() {}

    /** Lower-case month names without accents, to 1..12. */
    static Map<String, Integer> months() {
        Map<String, Integer> months = new HashMap<>();
        for (int month = 0; month < MONTHS.length; month++) {
            for (String name : MONTHS[month].split(" ")) {
                months.put(name, month + 1);
            }
        }
        return Map.copyOf(months);
    }

    /** Lower-case zone names to offsets, or to regions where they go with the season. */
    static Map<String, String> zones() {
        return ZONES;
    }

    /** Whether this zone name means the local time of that zone. */
    static boolean sharedBy(String name, ZoneId zone) {
        return SHARED.getOrDefault(name, Set.of()).contains(zone.getId());
    }
}
