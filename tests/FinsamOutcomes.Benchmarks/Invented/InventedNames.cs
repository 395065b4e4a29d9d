using System.Globalization;

namespace FinsamOutcomes.Benchmarks.Invented;

/// <summary>Names and personal numbers of people who don't exist: the numbers end in 98x, which is given to nobody.</summary>
internal static class InventedNames
{
    private static readonly string[] s_first =
    [
        "Alva", "Britta", "Cecilia", "Doris", "Elsa", "Fatima", "Greta", "Hanna", "Ingrid", "Jasmin", "Karin", "Lovisa", "Maja", "Nadia", "Olga", "Petra",
        "Adam", "Bengt", "Carl", "David", "Erik", "Farid", "Gustav", "Henrik", "Isak", "Johan", "Kalle", "Lennart", "Mehmet", "Nils", "Oskar", "Per",
    ];

    private static readonly string[] s_start =
    [
        "Al",
        "Berg",
        "Dal",
        "Ek",
        "Fors",
        "Gran",
        "Hed",
        "Kvist",
        "Lind",
        "Malm",
        "Norr",
        "Palm",
        "Ros",
        "Sand",
        "Vik",
        "Öst",
    ];

    private static readonly string[] s_end = ["backe", "dahl", "feldt", "gren", "holm", "kvist", "lund", "man", "qvist", "sten", "ström", "vall"];

    /// <summary>Every tenth person.</summary>
    public static bool IsNamed(int person) => person % 10 == 0;

    public static string Name(int person) => $"{s_first[person / 10 % s_first.Length]} {Surname(person)}";

    public static string Surname(int person)
    {
        var n = person / 10 / s_first.Length;
        return s_start[n % s_start.Length] + s_end[n / s_start.Length % s_end.Length];
    }

    /// <summary>Twelve digits with a right check digit.</summary>
    public static string Number(int person, int birthYear, int gender)
    {
        var day = new DateOnly(birthYear, 1, 1).AddDays(person / 10 % 365);
        // The ninth of the ten digits is even for women.
        var digits = string.Create(CultureInfo.InvariantCulture, $"{day:yyMMdd}98{(2 * (person / 3650 % 5)) + (gender == 0 ? 0 : 1)}");
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var doubled = (digits[i] - '0') * (i % 2 == 0 ? 2 : 1);
            sum += (doubled / 10) + (doubled % 10);
        }

        return string.Create(CultureInfo.InvariantCulture, $"{birthYear / 100}{digits}{(10 - (sum % 10)) % 10}");
    }
}
