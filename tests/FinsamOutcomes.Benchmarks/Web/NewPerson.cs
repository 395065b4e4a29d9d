using System.Globalization;

namespace FinsamOutcomes.Benchmarks.Web;

/// <summary>What is typed to register somebody who is like nobody else: the name is letters drawn by chance.</summary>
internal static class NewPerson
{
    public static IEnumerable<(string Name, string Value)> Fields(Random random, string insatsId) =>
    [
        ("Input.InsatsId", insatsId),
        ("Input.IsQueued", "false"),
        ("Input.Gender", random.Next(2) == 0 ? "woman" : "man"),
        ("Input.BirthYear", (1958 + random.Next(42)).ToString(CultureInfo.InvariantCulture)),
        ("Input.Referrer", "arbetsformedlingen"),
        ("Input.EducationLevel", "gymnasium"),
        ("Input.Before.Shares[0].Code", "sjukpenning"),
        ("Input.Before.Occupation", "none"),
        ("Input.Name", $"{Word(random)} {Word(random)}"),
    ];

    private static string Word(Random random) => new([.. Enumerable.Range(0, 9).Select(_ => (char)('a' + random.Next(26)))]);
}
