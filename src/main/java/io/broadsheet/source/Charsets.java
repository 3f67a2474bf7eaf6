package io.broadsheet.source;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Encodings by the names that feeds and servers give them: those of IANA, of Windows, of the Mac, of Python, with any sign or none between. */
final class Charsets {
    static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    /**
     * Java's name first, then what else is said for it, in lower case without signs. Where browsers read a name as its superset (WHATWG Encoding
     * §4.2), so do we: who says Latin-1 means Windows-1252, who says GB2312 means GB18030.
     */
    private static final List<String> NAMES = List.of(
            "windows-1252 iso88591 latin1 l1 usascii ascii iso646us isoir100 csisolatin1 cp819 ibm819 ansi",
            "UTF-8 u8 utf unicode11utf8 utf8mb4 utf8bom",
            "GB18030 gb2312 gb23121980 gb231280 csiso58gb231280 eucgb2312cn isoir58 euccn gbk cp936 ms936 936 chinese xmacsimpchinese gb180302000",
            "windows-31J shiftjis sjis mskanji csshiftjis cp932 ms932 932 windows31j xsjis",
            "x-SJIS_0213 shiftjis2004 shiftjisx0213 sjis2004 sjisx0213",
            "EUC-JP eucjis2004 eucjisx0213 jisx0213 ujis eucjp",
            "ISO-2022-JP-2 iso2022jp1 iso2022jp2 iso2022jp2004 iso2022jp3 iso2022jpext",
            "Big5-HKSCS big5 hkscs big5hkscs cp950 950 ms950 csbig5",
            "x-windows-949 euckr ksc5601 ksc56011987 ksx1001 cp949 949 ms949 uhc korean",
            "windows-874 tis620 iso885911 cp874 874",
            "x-MacRoman macintosh macroman mac csmacintosh",
            "x-MacCyrillic maccyrillic xmaccyrillic",
            "x-MacGreek macgreek",
            "x-MacIceland maciceland",
            "x-MacCentralEurope maclatin2 maccenteuro maccentraleurope",
            "x-MacTurkish macturkish",
            "IBM866 cp1125 ibm1125 1125 ruscii cp866u",
            "IBM01140 cp1140 ibm1140 1140",
            "IBM00858 cp858 csibm858 858",
            "IBM855 csibm855",
            "IBM775 cspc775baltic",
            "IBM861 cpis",
            "IBM037 037 39 039 ibm039 csibm037 ebcdiccpus ebcdiccpca ebcdiccpwt ebcdiccpnl",
            "IBM500 csibm500 ebcdiccpbe ebcdiccpch",
            "IBM1026 csibm1026",
            "IBM273 csibm273",
            "windows-1251 kz1048 rk1048 strk10482002 win1251",
            "windows-1250 win1250",
            "KOI8-R koi8 cskoi8r koi8r",
            "KOI8-U koi8u koi8ru");

    private static final Map<String, String> ALIASES = aliases();
    private static final Pattern WINDOWS = Pattern.compile("(?:windows|win|cp|ms)?(125\\d)");
    private static final Pattern CODE_PAGE = Pattern.compile("(?:cp|ibm|csibm|cspc|ms)?0*(\\d{2,4})");

    /** Encodings whose every byte is a character, so that text in another encoding never fails in them but comes out garbled. */
    private static final Set<String> SINGLE_BYTE_PREFIXES =
            Set.of("iso-8859", "windows-125", "windows-874", "us-ascii", "koi8", "ibm", "x-mac", "tis-620");

    private Charsets() {}

    private static Map<String, String> aliases() {
        Map<String, String> aliases = new HashMap<>();
        for (String line : NAMES) {
            String[] names = line.split(" ");
            for (String name : names) {
                aliases.put(key(name), names[0]);
            }
        }
        return Map.copyOf(aliases);
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    /** The encoding of that name, or null where nobody knows it. */
    static @Nullable Charset named(String name) {
        String key = key(name);
        String alias = ALIASES.get(key);
        if (alias != null) {
            return known(alias);
        }
        Charset asSaid = known(name.strip());
        Charset withHyphens = asSaid == null ? known(name.strip().replace('_', '-')) : asSaid;
        if (withHyphens != null) {
            return withHyphens;
        }
        Matcher windows = WINDOWS.matcher(key);
        if (windows.matches()) {
            return known("windows-" + windows.group(1));
        }
        Matcher page = CODE_PAGE.matcher(key);
        return page.matches() ? known("IBM" + page.group(1)) : null;
    }

    private static @Nullable Charset known(String name) {
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return null;
        }
    }

    static boolean isSingleByte(Charset charset) {
        String name = charset.name().toLowerCase(Locale.ROOT);
        return SINGLE_BYTE_PREFIXES.stream().anyMatch(name::startsWith);
    }

    /** Whether ASCII is not ASCII in it, so that a document which begins in ASCII is never in it. */
    static boolean isWideOrEbcdic(Charset charset) {
        return charset.name().startsWith("UTF-16")
                || charset.name().startsWith("UTF-32")
                || !"<".equals(new String(new byte[] {'<'}, charset));
    }
}
