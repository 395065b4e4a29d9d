using System.Globalization;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Participants;

namespace FinsamOutcomes.Demo;

/// <summary>
/// Names and personal numbers for those who are, or recently were, in two of the insatser, so that search by name can be
/// shown. The numbers are of the kind that Skatteverket has set aside for testing: their birth number is 980 to 999, which
/// is given to nobody. A few have protected identity, and some have left no name.
/// </summary>
internal sealed class DemoIdentities(FinsamDatabase database, int forbundId)
{
    private const int Seed = DemoFiles.DefaultSeed + 2;

    private static readonly string[] s_insatser = [DemoPortfolio.UngFramat, DemoPortfolio.RattJobb];

    private static readonly string[] s_women =
    [
        "Anna",
        "Maria",
        "Eva",
        "Karin",
        "Sara",
        "Emma",
        "Elin",
        "Hanna",
        "Ida",
        "Linnéa",
        "Åsa",
        "Malin",
        "Julia",
        "Amina",
        "Fatima",
        "Zahra",
        "Olga",
        "Petra",
        "Ylva",
        "Saga",
        "Moa",
        "Ebba",
        "Nour",
        "Ronja",
        "Öznur",
    ];

    private static readonly string[] s_men =
    [
        "Erik",
        "Lars",
        "Karl",
        "Johan",
        "Anders",
        "Björn",
        "Oskar",
        "Viktor",
        "Simon",
        "Åke",
        "Emil",
        "Jonas",
        "Ali",
        "Mohamed",
        "Yusuf",
        "Dawit",
        "Pavel",
        "Göran",
        "Love",
        "Nils",
        "Axel",
        "Elias",
        "Amir",
        "Hugo",
        "Örjan",
    ];

    private static readonly string[] s_surnames =
    [
        "Andersson",
        "Johansson",
        "Karlsson",
        "Nilsson",
        "Lindqvist",
        "Åberg",
        "Öberg",
        "Ström",
        "Sjögren",
        "Ek",
        "Granlund",
        "Hellström",
        "Wikström",
        "Nordin",
        "Ahmed",
        "Haddad",
        "Kovač",
        "Tesfaye",
        "Rahimi",
        "Nguyen",
        "Lind",
        "Bergkvist",
        "Fors",
        "Myrén",
        "Sandell",
        "Ågren",
        "Östlund",
        "Palm",
    ];

    private readonly DemoRandom _random = new(Seed);
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    public async Task GiveAsync(CancellationToken cancellationToken)
    {
        var participants = new ParticipantStore(database);
        var recently = database.Today.AddDays(-180);
        var people = DemoSimulation.Run(DemoFiles.DefaultSeed, database.Today)
            .Where(s => s_insatser.Contains(s.Insats.Name, StringComparer.Ordinal) && (s.EndedOn is null || s.EndedOn >= recently))
            .Select(s => s.Person).Distinct();
        foreach (var person in people)
        {
            if (!_random.Chance(0.9))
                continue;
            var isProtected = _random.Chance(0.02);
            var row = (await participants.FindAsync(forbundId, person.Code, cancellationToken))!;
            await participants.UpdateAsync(
                new()
                {
                    ForbundId = forbundId,
                    Id = row.Id,
                    Version = row.Version,
                    Code = row.Code,
                    Gender = row.Gender,
                    BirthYear = row.BirthYear,
                    Name = isProtected ? null : Name(row.Gender),
                    PersonalNumber =
                        isProtected || row.BirthYear is null || row.Gender == "unknown" || !_random.Chance(0.7)
                            ? null
                            : Number(row.BirthYear.Value, row.Gender),
                    HasProtectedIdentity = isProtected,
                },
                cancellationToken);
        }
    }

    private string Name(string gender)
    {
        var first = _random.Pick(gender switch { "woman" => s_women, "man" => s_men, _ => _random.Chance(0.5) ? s_women : s_men });
        return $"{first} {_random.Pick(s_surnames)}{(_random.Chance(0.06) ? "-" + _random.Pick(s_surnames) : "")}";
    }

    private string Number(int birthYear, string gender)
    {
        while (true)
        {
            var born = new DateOnly(birthYear, 1, 1).AddDays(_random.Between(0, 364));
            // Even for women, odd for men.
            var birthNumber = 980 + (2 * _random.Between(0, 9)) + (gender == "woman" ? 0 : 1);
            var nine = born.ToString("yyMMdd", CultureInfo.InvariantCulture) + birthNumber.ToString(CultureInfo.InvariantCulture);
            var number = birthYear.ToString(CultureInfo.InvariantCulture)[..2] + nine + CheckDigit(nine);
            if (_taken.Add(number))
                return number;
        }
    }

    // Luhn: every other digit, from the first, is doubled, and the digits of all products are added.
    private static char CheckDigit(string nine)
    {
        var sum = nine.Select((digit, i) => (digit - '0') * (i % 2 == 0 ? 2 : 1)).Sum(product => (product / 10) + (product % 10));
        return (char)('0' + ((10 - (sum % 10)) % 10));
    }
}
