using System.Globalization;
using FinsamOutcomes.Data.Forbund;
using FinsamOutcomes.Reporting.Tests.Measures;
using FinsamOutcomes.Testing;

namespace FinsamOutcomes.Reporting.Tests.Publishing.Attack;

/// <summary>
/// An invented förbund of a seed: 3–40 insatser, some with delprojekt, and 30–3 000 participations over three years, of a few
/// hundred people of all ages. Most of what a report asks for is there, and some of it is missing, as it is.
/// </summary>
internal static class RandomForbund
{
    /// <summary>The year to report; the years before it have participations too.</summary>
    public const int Year = 2024;

    private static readonly string[] s_reasons =
    [
        "arbete", "arbete", "arbete", "subventionerat_arbete", "subventionerat_arbete", "eget_foretagande", "studier", "studier", "arbetssokande",
        "arbetssokande", "arbetslos", "annan_insats", "fortsatt_rehabilitering", "sjukdom", "sjukdom", "sjukersattning", "avbrott_deltagare", "avbrott_insats", "ovrigt",
        "foraldraledig", "flyttat", "alderspension", "felregistrering",
    ];

    private static readonly string[] s_referrers = ["arbetsformedlingen", "arbetsformedlingen", "forsakringskassan", "region_psykiatri", "skola"];
    private static readonly string[] s_education = ["grundskola", "gymnasium", "gymnasium", "eftergymnasial_kort"];
    private static readonly string[] s_livelihoods = ["ekonomiskt_bistand", "ekonomiskt_bistand", "sjukpenning", "studiestod", "lon"];

    /// <summary>Makes it; several can be in one database.</summary>
    /// <param name="test">An empty database, or one with other förbund.</param>
    /// <param name="seed">The same seed gives the same förbund.</param>
    /// <param name="insatser">How many insatser at most, delprojekt among them; 0 for a random number, 3–40.</param>
    /// <param name="participations">How many participations; 0 for a random number, 30–3 000.</param>
    public static async Task<ForbundRow> MakeAsync(TestDatabase test, int seed, int insatser = 0, int participations = 0)
    {
        var random = new Random(seed);
        var name = string.Create(CultureInfo.InvariantCulture, $"Prov {seed}-{insatser}-{participations}");
        var register = await SmallRegister.InAsync(test, name);

        // Most förbund are small: sizes are drawn on a logarithmic scale.
        var places = Places(register, random, insatser > 0 ? insatser : Between(random, 3, 40));
        var count = participations > 0 ? participations : Between(random, 30, 3000);
        var instrument = register.Instrument("Prov", "halsa");
        var second = register.Instrument("Prov2", "arbete");
        var people = new List<int>();
        for (var i = 0; i < count; i++)
        {
            if (people.Count == 0 || random.Next(8) > 0)
                people.Add(register.Person(random.Next(40) switch { 0 => "unknown", < 22 => "woman", _ => "man" }, random.Next(30) == 0 ? null
                    : random.Next(1958, 2007)));
            Stay(register, random, people[random.Next(3) > 0 ? people.Count - 1 : random.Next(people.Count)], Weighted(places, random), instrument, second);
        }

        if (random.Next(3) == 0)
        {
            var counted = register.Insats("Öppet hus", isCounted: true);
            foreach (var half in new[] { 1, 2 })
            {
                foreach (var gender in new[] { "woman", "man", "unknown" })
                    register.HeadCount(counted, Year, half, gender, random.Next(gender == "unknown" ? 4 : 40));
            }
        }

        await register.SaveAsync();
        return (await new ForbundStore(test.Database).AllAsync()).Single(f => f.Id == register.ForbundId);
    }

    private static List<int> Places(SmallRegister register, Random random, int count)
    {
        var places = new List<int>();
        for (var made = 0; made < count;)
        {
            var parent = register.Insats($"Insats {made + 1}");
            made++;
            var parts = random.Next(3) == 0 ? random.Next(1, 6) : 0;
            for (var part = 0; part < parts && made < count; part++, made++)
                places.Add(register.Insats($"Delprojekt {made + 1}", parent));
            if (parts == 0 || random.Next(4) == 0)
                places.Add(parent);
        }

        return places;
    }

    // The first are the largest, as insatser are.
    private static int Weighted(List<int> places, Random random) => places[(int)(places.Count * random.NextDouble() * random.NextDouble())];

    private static void Stay(SmallRegister register, Random random, int person, int place, int instrument, int second)
    {
        var start = new DateOnly(Year - 2, 1, 1).AddDays(random.Next(3 * 365));
        var days = random.Next(30, 400);
        var end = start.AddDays(days);
        var hasEnded = end < new DateOnly(Year + 1, 1, 1);
        if (random.Next(30) == 0)
        {
            register.Participation(person, place, started: null, queued: Text(new(Year, random.Next(1, 13), 5)));
            return;
        }

        var stay = register.Participation(
            person,
            place,
            Text(start),
            hasEnded ? Text(end) : null,
            hasEnded && random.Next(40) > 0 ? Pick(s_reasons) : null,
            referrer: random.Next(15) == 0 ? null : Pick(s_referrers),
            education: random.Next(15) == 0 ? null : Pick(s_education));
        if (random.Next(20) > 0)
        {
            register.Livelihood(stay, "before", Pick(s_livelihoods));
            register.Occupation(stay, "before", work: 0, study: 0, seeking: random.Next(3) == 0);
        }

        if (hasEnded && random.Next(8) > 0)
        {
            register.Livelihood(stay, "after", Pick(s_livelihoods));
            register.Occupation(stay, "after", random.Next(3) == 0 ? 50 : 0, random.Next(5) == 0 ? 50 : 0, random.Next(3) == 0);
        }

        foreach (var of in new[] { instrument, second })
        {
            if (random.Next(3) > 0)
                register.Assessment(stay, of, "start", Text(start), random.Next(1, 8));
            if (hasEnded && random.Next(3) > 0)
                register.Assessment(stay, of, "exit", Text(end), random.Next(3, 11));
        }

        string Pick(string[] from) => from[random.Next(from.Length)];
    }

    private static int Between(Random random, int least, int most) => (int)Math.Round(least * Math.Pow((double)most / least, random.NextDouble()));

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
