using FinsamOutcomes.Reporting.Figures;
using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Statistics;

namespace FinsamOutcomes.Reporting.Tests.Figures;

/// <summary>Curves over the days since entry. All stays are invented.</summary>
internal static class CurveGallery
{
    public static IReadOnlyList<Figure> All { get; } =
    [
        Curves("tid-kvar", "Hur länge är kvinnor och män kvar i insatserna?", isRemaining: true, Curve("Kvinnor", SeriesRole.Woman, 210, 1, 260),
            Curve("Män", SeriesRole.Man, 170, 2, 330)),
        Curves("tid-positivt", "Hur snart går deltagarna vidare till arbete eller studier?", isRemaining: false,
            Curve("Kvinnor", SeriesRole.Woman, 210, 1, 260, isRemaining: false), Curve("Män", SeriesRole.Man, 170, 2, 330, isRemaining: false)),
        Curves("tid-alla-steg", "Internt: varje månad", isRemaining: true, Curve("Kvinnor", SeriesRole.Woman, 210, 1, 260, isMerged: false),
            Curve("Män", SeriesRole.Man, 1170, 2, 330, isMerged: false), Curve("Okänt kön", SeriesRole.Unknown, 8, 3, 200, isMerged: false, isFew: true)),
        Curves("tid-en", "En enda kurva", isRemaining: true, Curve("Alla", SeriesRole.All, 74, 4, 200)),
        Curves("tid-tva-markeringar", "Två markeringar", isRemaining: true, new SurvivalCurve("Alla", SeriesRole.All, [Mark(0, 1, 40), Mark(180, 0.55, 12)])),
        Curves("tid-langa-namn", "Insatser med långa namn", isRemaining: false,
            Curve("Arbetsmarknadsrehabiliterande samordningsinsats för långtidssjukskrivna", SeriesRole.Category, 160, 5, 300, isRemaining: false),
            Curve("Förrehabilitering med naturunderstödda aktiviteter i Höganäs och Ängelholm", SeriesRole.Category, 120, 6, 200, isRemaining: false),
            Curve("Kompetensutvecklingsmiljonssatsningen", SeriesRole.Category, 140, 7, 400, isRemaining: false)),
        Curves("tid-fyrtio", "Fyrtio insatser", isRemaining: true,
            [.. Enumerable.Range(0, 40).Select(i => Curve($"{Gallery.Insats(i)} {i + 1}", SeriesRole.Category, 60 + 5 * i, i, 100 + 12 * i))]),
        Curves("tid-nollor", "Ingen har slutat", isRemaining: false,
            new SurvivalCurve("Kvinnor", SeriesRole.Woman, [Mark(0, 0, 30), Mark(30, 0, 25), Mark(90, 0, 12)]),
            new SurvivalCurve("Män", SeriesRole.Man, [Mark(0, 0, 30), Mark(30, 0, 25), Mark(90, 0, 12)])),
        Curves("tid-alla-ute", "Alla har slutat", isRemaining: true,
            new SurvivalCurve("Alla", SeriesRole.All, [Mark(0, 1, 30), Mark(60, 0.6, 18), Mark(90, 0, 0)])),
        Curves("tid-dold-del", "Männens kurva slutar tidigare", isRemaining: true, Curve("Kvinnor", SeriesRole.Woman, 210, 1, 260),
            new SurvivalCurve("Män", SeriesRole.Man, [Mark(0, 1, 22), Mark(90, 0.7, 14), Hidden(150), Hidden(480)])),
        Curves("tid-dold-grupp", "Männen är för få", isRemaining: true, Curve("Kvinnor", SeriesRole.Woman, 210, 1, 260),
            new SurvivalCurve("Män", SeriesRole.Man, [Hidden(0), Hidden(150)])),
        Curves("tid-dold", "Alla är dolda", isRemaining: true, new SurvivalCurve("Kvinnor", SeriesRole.Woman, [Hidden(0)]),
            new SurvivalCurve("Män", SeriesRole.Man, [Hidden(0)])),
        Curves("tid-inga", "Inga deltaganden", isRemaining: true,
            new SurvivalCurve("Alla", SeriesRole.All, [new SurvivalMark(0, FigurePoint.NoData, FigurePoint.NoData)])),
    ];

    public static SurvivalFigure Curves(string id, string title, bool isRemaining, params SurvivalCurve[] curves) => new()
    {
        Id = id,
        Title = title,
        Subtitle = "Deltaganden, 2024 · n\u00A0=\u00A0380",
        Unit = ValueUnit.Percent,
        Source = Gallery.Source,
        Curves = curves,
        TimeLabel = "Dagar sedan inskrivning",
        AtRiskLabel = "Antal som följs",
        MarksHalf = isRemaining,
        Findings = isRemaining ? ["Kvinnor: hälften hade slutat dag 270, men inte dag 240."] : [],
    };

    public static SurvivalMark Mark(int days, double share, int atRisk) =>
        new(days, share is > 0 and < 1 ? Interval(share, share * (1 - share) / 3) : new(CellState.Shown, share), new(CellState.Shown, atRisk));

    private static FigurePoint Interval(double share, double reach) => new(CellState.Shown, share, share - reach, share + reach);

    public static SurvivalMark Hidden(int days) => new(days, FigurePoint.Hidden, FigurePoint.Hidden);

    // Stays of one year's participations: some were in before it, some are in after it.
    private static SurvivalCurve Curve(string name, SeriesRole role, int number, int seed, int mean, bool isRemaining = true, bool isMerged = true,
        bool isFew = false)
    {
        var random = new Random(seed);
        var stays = Enumerable.Range(0, number).Select(_ =>
        {
            var before = random.Next(3) == 0 ? random.Next(mean) : -1;
            var (left, most) = ((int)(-Math.Log(1 - random.NextDouble()) * mean), random.Next(20, 500));
            var end = left > most ? FollowUpEnd.StillIn : random.Next(2) == 0 ? FollowUpEnd.PositiveExit : FollowUpEnd.OtherExit;
            return new CompetingTime(before + 1 + Math.Min(left, most), end, before);
        }).ToList();
        var marks = ExitCurve.Of(stays, 30);
        var shown = CurveDisclosure.Marks([marks])[0];
        var places = isRemaining ? shown.Remaining : shown.Exits;
        return new(
            name,
            role,
            [.. (isMerged ? places.Select(i => marks[i]) : marks.Where(m => m.Remaining is not null)).Select(m =>
            {
                var value = (isRemaining ? m.Remaining : m.Positive)!;
                value = isMerged ? CurveDisclosure.Coarse(value) : value;
                return new SurvivalMark(m.Days, new(CellState.Shown, value.Share, value.Lower, value.Upper), new(CellState.Shown, m.AtRisk));
            })],
            isFew);
    }
}
