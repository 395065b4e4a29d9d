using FinsamOutcomes.Reporting.Figures;
using FinsamOutcomes.Reporting.Measures;

namespace FinsamOutcomes.Reporting.Tests.Figures;

/// <summary>Every kind of figure in every state that a board may meet. All numbers are invented.</summary>
internal static class Gallery
{
    public const string Source = "Källa: Samordningsförbundet Exempel (påhittade uppgifter), registret 2025-01-31";

    private static readonly string[] s_months = ["jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec"];

    private static readonly string[] s_insatser =
    [
        "Insam",
        "USB",
        "VSB",
        "Kompetenstrappan",
        "SydÖst",
        "Höganäs arbetsmarknadsenhet",
        "AKTIV",
        "Hållbart näringsliv",
        "Unga in i arbetslivet",
        "Steget vidare",
        "Rehabiliteringssamverkan för långtidssjukskrivna",
        "Grön rehabilitering",
    ];

    public static IReadOnlyList<Figure> All { get; } =
    [
        Columns(
            "kolumner-kon",
            "Fler kvinnor än män gick till arbete eller studier 2024",
            ["Insam", "USB", "VSB", "Kompetenstrappan", "SydÖst"],
            [
                Women(Share(25, 56), Share(31, 60), Share(9, 22), Share(41, 70), Share(18, 44)),
                Men(Share(20, 51), Share(22, 58), Share(10, 25), Share(22, 48), Share(13, 39)),
            ],
            target: 0.35),
        Columns(
            "kolumner-sma-tal",
            "Små insatser: antal i stället för procent",
            ["Insam", "USB", "VSB", "Höganäs"],
            [
                Women(Share(25, 56), Share(3, 7), FigurePoint.Hidden, Share(0, 18)),
                Men(Share(20, 51), FigurePoint.Hidden, FigurePoint.NoData, FigurePoint.NotAsked),
            ]),
        Columns(
            "kolumner-en-kategori",
            "Positiva avslut i hela förbundet 2024",
            ["Samordningsförbundet Exempel"],
            [Women(Share(97, 183)), Men(Share(81, 168)), new("Alla", SeriesRole.All, [Share(178, 351)])],
            target: 0.5),
        Columns(
            "kolumner-nollor",
            "Ingen gick till arbete under första halvåret",
            ["Insam", "USB"],
            [Women(Share(0, 12), Share(0, 31)), Men(Share(0, 4), Share(0, 20))]),
        Columns(
            "kolumner-langa-etiketter",
            "Positiva avslut efter insats och kön, med de långa namn som insatser har",
            [
                "Arbetsmarknadsrehabiliterande samordningsinsats för långtidssjukskrivna",
                "Förrehabilitering med naturunderstödda aktiviteter i Höganäs och Ängelholm",
                "Kompetensutvecklingsmiljonssatsningen",
                "Vägen till arbete – steg för steg",
            ],
            [
                Women(Share(14, 40), Share(11, 12), FigurePoint.Hidden, Share(3, 6)),
                Men(Share(8, 33), Share(6, 18), FigurePoint.NoData, FigurePoint.NotAsked),
                new("Okänt kön", SeriesRole.Unknown, [FigurePoint.Hidden, FigurePoint.Hidden, FigurePoint.NoData, FigurePoint.NoData]),
            ],
            target: 0.35),
        Columns(
            "kolumner-fyrtio",
            "Fyrtio insatser sida vid sida",
            [.. Enumerable.Range(0, 40).Select(i => $"{s_insatser[i % s_insatser.Length]} {i + 1}")],
            [
                Women([.. Enumerable.Range(0, 40).Select(i => i % 9 == 4 ? FigurePoint.Hidden : Share(i * 7 % 23, 23 + i))]),
                Men([.. Enumerable.Range(0, 40).Select(i => i % 11 == 3 ? FigurePoint.NoData : Share(i * 5 % 19, 19 + i))]),
            ]),
        new ColumnFigure
        {
            Id = "kolumner-skillnad",
            Title = "Kvinnor minus män: skillnaden i positiva avslut är liten i de flesta insatser",
            Subtitle = "Skillnad i andel positiva avslut 2024 (arbete eller studier), procentenheter",
            Unit = ValueUnit.PercentagePoints,
            Source = Source,
            Categories = ["Insam", "USB", "VSB", "Kompetenstrappan", "SydÖst"],
            Series =
            [
                new(
                    "Kvinnor − män",
                    SeriesRole.All,
                    [Difference(0.06, -0.12, 0.23), Difference(-0.14, -0.31, 0.04), Difference(0, -0.2, 0.2), Difference(0.21, 0.03, 0.38), FigurePoint.Hidden]
                ),
            ],
        },
        new ColumnFigure
        {
            Id = "kolumner-skillnad-liggande",
            Title = "Skillnader mellan kvinnor och män i insatser med långa namn",
            Subtitle = "Skillnad i andel positiva avslut 2024, procentenheter",
            Unit = ValueUnit.PercentagePoints,
            Source = Source,
            Categories = [.. s_insatser.Select(i => $"{i} i samverkan med kommunens arbetsmarknadsenhet")],
            Series =
            [
                new(
                    "Kvinnor − män",
                    SeriesRole.All,
                    [
                        .. Enumerable
                            .Range(0, 12)
                            .Select(i => i == 7 ? FigurePoint.NoData : Difference((i - 6) * 0.04, (i - 6) * 0.04 - 0.12, (i - 6) * 0.04 + 0.12)),
                    ]),
            ],
        },
        new ColumnFigure
        {
            Id = "kolumner-antal",
            Title = "Fyra av tio deltagare är mellan 30 och 44 år",
            Subtitle = "Antal personer 2024 efter ålder och kön, n = 1 912",
            Unit = ValueUnit.Count,
            Source = Source,
            Categories = ["16–24", "25–29", "30–44", "45–54", "55–66"],
            Series =
            [
                // Given in the wrong order on purpose: women come first all the same.
                Men(Count(201), Count(143), Count(318), Count(131), Count(62)),
                Women(Count(182), Count(166), Count(431), Count(184), Count(94)),
                new("Okänt kön", SeriesRole.Unknown, [FigurePoint.Hidden, FigurePoint.Hidden, Count(0), Count(0), Count(0)]),
            ],
        },
        Columns(
            "kolumner-allt-dolt",
            "Positiva avslut i en mycket liten insats",
            ["Insam", "USB"],
            [Women(FigurePoint.Hidden, FigurePoint.Hidden), Men(FigurePoint.Hidden, FigurePoint.Hidden)]),
        Columns(
            "kolumner-blandat-tomt",
            "När inget kan visas",
            ["Insam", "USB"],
            [Women(FigurePoint.Hidden, FigurePoint.NoData), Men(FigurePoint.NotAsked, FigurePoint.Hidden)]),
        Stacked(
            "staplar-forsorjning",
            "Fler försörjer sig själva efter insatsen",
            ValueUnit.Percent,
            ["Kvinnor före", "Kvinnor efter", "Män före", "Män efter"],
            ["Arbete", "Studier", "Aktivt arbetssökande", "Annat"],
            [
                [12, 61, 9, 40],
                [8, 25, 4, 17],
                [31, 46, 40, 52],
                [132, 51, 115, 59],
            ]),
        Stacked(
            "staplar-dolda",
            "Delar som är dolda syns som en del",
            ValueUnit.Percent,
            ["Insam", "USB", "VSB", "Höganäs", "SydÖst", "AKTIV"],
            ["Arbete", "Studier", "Aktivt arbetssökande", "Annat"],
            [
                [20, 0, -1, 2, -1, -3],
                [-1, 0, -1, 1, 12, -3],
                [-1, 0, 31, 0, 14, -3],
                [30, 0, 12, 4, 20, -3],
            ],
            known: [65, 0, 51, 7, 49, null]),
        Stacked(
            "staplar-antal",
            "Hälften kommer från Arbetsförmedlingen",
            ValueUnit.Count,
            ["Kvinnor", "Män", "Okänt kön"],
            ["Arbetsförmedlingen", "Försäkringskassan", "Regionen", "Kommunen", "Egen ansökan", "Annan remittent", "Uppgift saknas"],
            [
                [310, 280, 0],
                [142, 96, 0],
                [88, 51, 0],
                [61, 72, 5],
                [22, 31, -1],
                [12, 9, -1],
                [4, 8, 0],
            ]),
        Stacked(
            "staplar-tolv-delar",
            "Tolv delar går fortfarande att skilja åt",
            ValueUnit.Percent,
            ["Före", "Efter"],
            [.. Enumerable.Range(1, 12).Select(i => $"Försörjning {i}")],
            [.. Enumerable.Range(1, 12).Select(i => new[] { 10 + i, 30 - i })]),
        new DumbbellFigure
        {
            Id = "hantlar-kon",
            Title = "Självskattad hälsa förbättras mellan start och avslut",
            Subtitle = "Medelvärde på skalan 1–5 bland par med båda skattningarna, avslut 2024",
            Unit = ValueUnit.Score,
            Source = Source,
            Notes = ["Av 240 som skattade vid start saknar 61 skattning vid avslut."],
            ScaleMin = 1,
            ScaleMax = 5,
            HigherIsBetter = true,
            Rows =
            [
                Row("Kvinnor", SeriesRole.Woman, 2.45, 3.31, 98),
                Row("Män", SeriesRole.Man, 2.71, 3.02, 81),
                new("Okänt kön", SeriesRole.Unknown, FigurePoint.Hidden, FigurePoint.Hidden, FigurePoint.Hidden),
                Row("Alla", SeriesRole.All, 2.58, 3.18, 181),
            ],
        },
        new DumbbellFigure
        {
            Id = "hantlar-fragor",
            Title = "Depressiva symtom minskar i de flesta frågor",
            Subtitle = "Medelvärde på skalan 1–5 per fråga, alla deltagare, par med båda skattningarna 2023–2024",
            Unit = ValueUnit.Score,
            Source = Source,
            ScaleMin = 1,
            ScaleMax = 5,
            HigherIsBetter = false,
            Rows =
            [
                Row("Hur ofta har du känt dig nedstämd eller känt att framtiden är hopplös under de senaste två veckorna?", SeriesRole.Category, 2.9, 2.1, 76),
                Row("Jag sover dåligt", SeriesRole.Category, 3.4, 3.38, 74),
                Row("Jag känner mig ensam", SeriesRole.Category, 2.2, 2.6, 75),
                Row("Jag litar på min förmåga att klara ett arbete", SeriesRole.Category, 1.02, 4.95, 70),
                new("Jag har ont", SeriesRole.Category, FigurePoint.NotAsked, FigurePoint.NotAsked, FigurePoint.NotAsked),
                new("Jag orkar med vardagen", SeriesRole.Category, new(CellState.Shown, 2.5, N: 12), FigurePoint.NoData, FigurePoint.NoData),
            ],
        },
        Lines(
            "linjer-kon",
            "Skillnaden mellan kvinnor och män har minskat",
            [.. Enumerable.Range(2017, 8).Select(y => $"{y}")],
            [
                Women([.. Enumerable.Range(0, 8).Select(i => Share(22 + 3 * i, 70 + i))]),
                Men([.. Enumerable.Range(0, 8).Select(i => Share(30 + i, 66 + 2 * i))]),
            ],
            target: 0.45),
        Lines(
            "linjer-luckor",
            "Luckor i serien sägs med ord",
            ["T1 2022", "T2 2022", "T3 2022", "T1 2023", "T2 2023", "T3 2023", "T1 2024", "T2 2024", "T3 2024"],
            [
                Women(
                    Share(8, 20),
                    Share(9, 21),
                    FigurePoint.Hidden,
                    FigurePoint.Hidden,
                    Share(12, 25),
                    Share(2, 8),
                    Share(11, 24),
                    Share(15, 28),
                    Share(13, 25)),
                Men(
                    FigurePoint.NotAsked,
                    FigurePoint.NotAsked,
                    Share(7, 21),
                    Share(6, 19),
                    FigurePoint.NoData,
                    Share(0, 14),
                    Share(8, 22),
                    Share(9, 23),
                    Share(7, 20)),
            ]),
        Lines(
            "linjer-sextio",
            "Sextio månader med skattade intervall",
            Months(60),
            [
                Women([.. Enumerable.Range(0, 60).Select(i => i is > 15 and < 19 ? FigurePoint.Hidden : Share(14 + (i * 7 % 9), 40 + i % 8))]),
                Men([.. Enumerable.Range(0, 60).Select(i => i == 40 ? FigurePoint.NoData : Share(8 + (i * 5 % 8), 36 + i % 7))]),
            ],
            target: 0.35),
        Lines("linjer-en-period", "En enda period", ["2024"], [Women(Share(52, 97)), Men(Share(38, 86))]),
        Lines(
            "linjer-manga-serier",
            "Åtta insatser över tid",
            ["2020", "2021", "2022", "2023", "2024"],
            [
                .. Enumerable
                    .Range(0, 8)
                    .Select(s => new FigureSeries(
                        s_insatser[s],
                        SeriesRole.Category,
                        [.. Enumerable.Range(0, 5).Select(i => Share(10 + s + (i * (s + 3) % 7), 40))])),
            ]),
        new LineFigure
        {
            Id = "linjer-skattning",
            Title = "Skattad arbetsförmåga över tid",
            Subtitle = "Medelvärde på skalan 1–5, pågående deltaganden per halvår",
            Unit = ValueUnit.Score,
            Source = Source,
            Periods = ["första halvåret 2023", "andra halvåret 2023", "första halvåret 2024", "andra halvåret 2024"],
            Series = [new("Alla", SeriesRole.All, [Score(2.42, 60), Score(2.51, 71), Score(2.7, 68), Score(2.68, 75)])],
        },
        Control(
            "styrdiagram-signaler",
            Months(36),
            preliminary: false,
            [
                "Andelen positiva avslut låg över det vanliga från mars till oktober 2024.",
                "För att se en skillnad på 10 procentenheter skulle det behövas ungefär 380 avslut till.",
            ]),
        Control(
            "styrdiagram-preliminart",
            ["T1 2022", "T2 2022", "T3 2022", "T1 2023", "T2 2023", "T3 2023", "T1 2024", "T2 2024"],
            preliminary: true,
            ["Inga signaler. Med åtta perioder är gränserna preliminära."]),
        Control("styrdiagram-sextio", Months(60), preliminary: false, ["Två signaler syns. Resten är vanlig variation."]),
        new ControlChartFigure
        {
            Id = "styrdiagram-tomt",
            Title = "Positiva avslut per månad",
            Subtitle = "Andel av avslutade deltaganden 2024, arbete eller studier",
            Unit = ValueUnit.Percent,
            Source = Source,
            Points = [.. Months(6).Select(m => new ControlPoint(m, FigurePoint.NoData, LowerLimit: null, UpperLimit: null, Signal: null))],
            Center = null,
            IsPreliminary = true,
            Findings = ["Det finns inga avslut att följa."],
        },
        .. MoreGallery.All,
        .. CurveGallery.All,
    ];

    /// <summary>Names of insatser, the first again when there are no more.</summary>
    public static string Insats(int index) => s_insatser[index % s_insatser.Length];

    /// <summary>A share with its Wilson interval, so that the pictures look as real ones do.</summary>
    public static FigurePoint Share(long numerator, long n)
    {
        const double z = 1.959963985;
        var p = (double)numerator / n;
        var centre = (p + z * z / (2 * n)) / (1 + z * z / n);
        var half = z / (1 + z * z / n) * Math.Sqrt(p * (1 - p) / n + z * z / (4.0 * n * n));
        return new(CellState.Shown, p, Math.Max(0, centre - half), Math.Min(1, centre + half), n, numerator);
    }

    public static FigureSeries Women(params FigurePoint[] points) => new("Kvinnor", SeriesRole.Woman, points);

    public static FigureSeries Men(params FigurePoint[] points) => new("Män", SeriesRole.Man, points);

    public static ColumnFigure Columns(string id, string title, string[] categories, FigureSeries[] series, double? target = null) =>
        new()
        {
            Id = id,
            Title = title,
            Subtitle = "Andel av avslutade deltaganden 2024, arbete eller studier, n = 412",
            Unit = ValueUnit.Percent,
            Notes = ["Subventionerat arbete räknas som arbete."],
            Source = Source,
            Categories = categories,
            Series = series,
            Target = target,
        };

    private static StackedBarFigure Stacked(
        string id,
        string title,
        ValueUnit unit,
        string[] categories,
        string[] parts,
        int[][] counts,
        long?[]? known = null) =>
        new()
        {
            Id = id,
            Title = title,
            Subtitle = "Avslutade deltaganden 2024, antal och andel av dem som har uppgift, n = 412",
            Unit = unit,
            Source = Source,
            Categories = categories,
            Series =
            [
                .. parts.Select(
                    (name, s) =>
                        new FigureSeries(
                            name,
                            SeriesRole.Category,
                            [
                                .. counts[s]
                                    .Select(
                                        (c, i) =>
                                            c switch
                                            {
                                                -1 => FigurePoint.Hidden with { N = known?[i] },
                                                -3 => FigurePoint.NotAsked,
                                                _ => new(CellState.Shown, c, N: known?[i]),
                                            }),
                            ])),
            ],
        };

    private static LineFigure Lines(string id, string title, string[] periods, FigureSeries[] series, double? target = null) =>
        new()
        {
            Id = id,
            Title = title,
            Subtitle = "Andel av avslutade deltaganden, arbete eller studier",
            Unit = ValueUnit.Percent,
            Source = Source,
            Periods = periods,
            Series = series,
            Target = target,
        };

    private static ControlChartFigure Control(string id, string[] periods, bool preliminary, string[] findings)
    {
        var shares = periods
            .Select(
                (_, i) =>
                    i == 5 && !preliminary
                        ? FigurePoint.Hidden
                        : Share(
                            i == 20 ? 19
                                : i == 9 ? 0
                                : i is > 25 and < 34 ? 12 + i % 3
                                : 6 + i * 7 % 6,
                            22 + i * 5 % 9))
            .ToList();
        var shown = shares.Where(s => s.N is not null).ToList();
        var center = (double)shown.Sum(s => s.Numerator!.Value) / shown.Sum(s => s.N!.Value);
        return new()
        {
            Id = id,
            Title = "Drar kvinnors andel positiva avslut iväg?",
            Subtitle = "Andel av kvinnors avslutade deltaganden per period, arbete eller studier",
            Unit = ValueUnit.Percent,
            Source = Source,
            Center = center,
            IsPreliminary = preliminary,
            Findings = findings,
            Points =
            [
                .. periods.Select(
                    (period, i) =>
                    {
                        if (shares[i].N is not { } n)
                            return new ControlPoint(period, shares[i], LowerLimit: null, UpperLimit: null, Signal: null);
                        var reach = 3 * Math.Sqrt(center * (1 - center) / n);
                        var (low, high) = (Math.Max(0, center - reach), Math.Min(1, center + reach));
                        var signal =
                            shares[i].Value > high || shares[i].Value < low ? "utanför gränserna"
                            : i is > 25 and < 34 ? "åtta i rad på samma sida om medelvärdet"
                            : null;
                        return new ControlPoint(period, shares[i], low, high, preliminary ? null : signal);
                    }),
            ],
        };
    }

    private static string[] Months(int count) => [.. Enumerable.Range(0, count).Select(i => $"{s_months[i % 12]} {2020 + i / 12}")];

    private static FigurePoint Difference(double value, double lower, double upper) => new(CellState.Shown, value, lower, upper);

    private static FigurePoint Count(long count) => new(CellState.Shown, count);

    private static FigurePoint Score(double mean, long n) => new(CellState.Shown, mean, mean - 0.2, mean + 0.2, n);

    private static DumbbellRow Row(string label, SeriesRole role, double before, double after, long n) =>
        new(
            label,
            role,
            new(CellState.Shown, before, N: n),
            new(CellState.Shown, after, N: n),
            new(CellState.Shown, after - before, after - before - 0.15, after - before + 0.15, n));
}
