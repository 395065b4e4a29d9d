using FinsamOutcomes.Reporting.Documents;
using FinsamOutcomes.Reporting.Figures;
using FinsamOutcomes.Reporting.Measures;

namespace FinsamOutcomes.Reporting.Tests.Documents;

/// <summary>An invented report with every kind of block, figure and cell state, long labels and a table over a page break.</summary>
internal static class SampleReport
{
    public const string Source = "Källa: Samordningsförbundet Exempel, registret 2025-01-31";

    private static readonly string[] s_insatser =
    [
        "Vägen vidare", "Kompetenstrappan", "Ung framtid", "Stegen – arbetsförberedande insats för långtidssjukskrivna",
        "Rehabkoordinering vid hälsocentralerna", "Stoppa våldet",
    ];

    public static ReportDocument Document(bool isInternal = false, bool isDemo = true) => new()
    {
        Title = "Årsredovisning 2024",
        Forbund = "Samordningsförbundet Exempel",
        PeriodFrom = new DateOnly(2024, 1, 1),
        PeriodTo = new DateOnly(2024, 12, 31),
        GeneratedOn = new DateOnly(2025, 1, 31),
        PolicyText = isInternal ? "internt: inget är dolt" : "minst 5: antal 1–4 visas inte",
        IsInternal = isInternal,
        IsDemo = isDemo,
        Blocks = Blocks,
    };

    public static ColumnFigure PositiveExits { get; } = new()
    {
        Id = "positiva-avslut-kon",
        Title = "Fler kvinnor än män gick till arbete eller studier 2024",
        Subtitle = "Andel av avslutade deltaganden 2024, arbete eller studier, n = 412",
        Unit = ValueUnit.Percent,
        Source = Source,
        Categories = ["2021", "2022", "2023", "2024"],
        Target = 0.45,
        Series =
        [
            new("Kvinnor", SeriesRole.Woman, [Share(38, 104), Share(45, 110), Share(52, 121), Share(101, 219)]),
            new("Män", SeriesRole.Man, [Share(33, 98), Share(30, 95), Share(40, 117), Share(72, 193)]),
        ],
    };

    public static ColumnFigure ManyInsatser { get; } = new()
    {
        Id = "positiva-avslut-insats",
        Title = "Positiva avslut skiljer sig mellan insatserna",
        Subtitle = "Andel av avslutade deltaganden 2024, arbete eller studier",
        Unit = ValueUnit.Percent,
        Source = Source,
        Notes = ["Insatser med färre än fem avslut visas inte."],
        Categories = s_insatser,
        Series =
        [
            new("Kvinnor", SeriesRole.Woman,
                [Share(31, 60), Share(22, 41), Share(0, 18), Share(12, 30), FigurePoint.Hidden, FigurePoint.NoData]),
            new("Män", SeriesRole.Man,
                [Share(25, 55), Share(18, 40), Share(9, 22), Share(10, 31), FigurePoint.Hidden, new(CellState.NotAsked, Value: null)]),
        ],
    };

    public static StackedBarFigure Livelihood { get; } = new()
    {
        Id = "forsorjning",
        Title = "Fler försörjer sig genom eget arbete vid avslut",
        Subtitle = "Andel av avslutade deltaganden 2024 efter huvudsaklig försörjning, n = 412",
        Unit = ValueUnit.Percent,
        Source = Source,
        Categories = ["Kvinnor före", "Kvinnor efter", "Män före", "Män efter", "Okänt kön efter"],
        Series =
        [
            new("Ohälsa", SeriesRole.Category, [Part(120, 219), Part(80, 219), Part(90, 193), Part(66, 193), FigurePoint.Hidden with { N = 20 }]),
            new("Arbetsmarknadsstöd", SeriesRole.Category, [Part(40, 219), Part(31, 219), Part(42, 193), Part(30, 193), Part(9, 20)]),
            new("Ekonomiskt bistånd", SeriesRole.Category, [Part(50, 219), Part(40, 219), Part(55, 193), Part(41, 193), Part(6, 20)]),
            new("Egen försörjning", SeriesRole.Category, [Part(9, 219), Part(68, 219), Part(6, 193), Part(56, 193), FigurePoint.Hidden with { N = 20 }]),
        ],
    };

    public static DumbbellFigure SelfAssessment { get; } = new()
    {
        Id = "sjalvskattning-kon",
        Title = "Hälsan skattas högre vid avslut än vid start",
        Subtitle = "Medelvärde 1–5 bland dem som svarat båda gångerna, 2024, n = 188",
        Unit = ValueUnit.Score,
        Source = Source,
        ScaleMin = 1,
        ScaleMax = 5,
        HigherIsBetter = true,
        Rows =
        [
            new("Kvinnor", SeriesRole.Woman, Mean(2.61, 101), Mean(3.24, 101), Mean(0.63, 101)),
            new("Män", SeriesRole.Man, Mean(2.84, 87), Mean(3.12, 87), Mean(0.28, 87)),
            new("Alla", SeriesRole.All, Mean(2.72, 188), Mean(3.18, 188), Mean(0.46, 188)),
        ],
    };

    public static DumbbellFigure SelfAssessmentItems { get; } = new()
    {
        Id = "sjalvskattning-fragor",
        Title = "Störst förändring i hur man ser på sin egen förmåga",
        Subtitle = "Medelvärde 1–5 per fråga bland dem som svarat båda gångerna, 2024",
        Unit = ValueUnit.Score,
        Source = Source,
        ScaleMin = 1,
        ScaleMax = 5,
        HigherIsBetter = true,
        Rows =
        [
            new("Hur bedömer du din hälsa i dag?", SeriesRole.Category, Mean(2.61, 188), Mean(3.24, 188), Mean(0.63, 188)),
            new("Hur bedömer du din förmåga att arbeta eller studera?", SeriesRole.Category, Mean(2.1, 180), Mean(3.3, 180), Mean(1.2, 180)),
            new("Har du någon att tala med om det som är svårt?", SeriesRole.Category, Mean(3.4, 171), Mean(3.5, 171), Mean(0.1, 171)),
            new("Vet du vart du ska vända dig?", SeriesRole.Category, FigurePoint.Hidden, FigurePoint.Hidden, FigurePoint.Hidden),
        ],
    };

    public static LineFigure Participants { get; } = new()
    {
        Id = "deltaganden-tertial",
        Title = "Antalet nya deltaganden har ökat sedan 2022",
        Subtitle = "Nya deltaganden per tertial 2022–2024, antal",
        Unit = ValueUnit.Percent,
        Source = Source,
        Periods = ["T1 2022", "T2 2022", "T3 2022", "T1 2023", "T2 2023", "T3 2023", "T1 2024", "T2 2024", "T3 2024"],
        Series =
        [
            new("Kvinnor", SeriesRole.Woman,
                [Share(30, 80), Share(33, 82), FigurePoint.Hidden, Share(35, 84), Share(38, 85), Share(36, 80), Share(40, 88), Share(41, 86), Share(44, 90)]),
            new("Män", SeriesRole.Man,
                [Share(25, 80), Share(26, 82), Share(24, 70), Share(29, 84), Share(30, 85), Share(27, 80), Share(33, 88), Share(31, 86), Share(33, 90)]),
        ],
        Target = 0.45,
    };

    public static ControlChartFigure Control { get; } = new()
    {
        Id = "positiva-avslut-manad",
        Title = "Andelen positiva avslut ligger inom det normala, utom i augusti",
        Subtitle = "Andel av avslutade deltaganden per månad 2024, arbete eller studier",
        Unit = ValueUnit.Percent,
        Source = Source,
        Center = 0.42,
        IsPreliminary = false,
        Findings = ["Augusti 2024 ligger under den undre gränsen: färre positiva avslut än slumpen brukar ge."],
        Points = Enumerable.Range(1, 14).Select(m => new ControlPoint(
            $"{Swedish.Month((m - 1) % 12 + 1)[..3]} {(m > 12 ? "2025" : "2024")}",
            m == 8 ? Share(4, 40) : Share(14 + m % 5, 36),
            0.19, 0.66, m == 8 ? "under undre gränsen" : null)).ToList(),
    };

    public static ColumnFigure AllHidden { get; } = new()
    {
        Id = "valdsutsatta",
        Title = "Positiva avslut bland deltagare under 18 år",
        Subtitle = "Andel av avslutade deltaganden 2024",
        Unit = ValueUnit.Percent,
        Source = Source,
        Categories = ["2024"],
        Series = [new("Kvinnor", SeriesRole.Woman, [FigurePoint.Hidden]), new("Män", SeriesRole.Man, [FigurePoint.Hidden])],
    };

    public static ReportTable ExitTable { get; } =
        new()
        {
            Id = "avslut-insats",
            Title = "Avslut och positiva avslut efter insats",
            Subtitle = "Antal och andel av avslutade deltaganden 2024, definition: arbete eller studier",
            Columns =
            [
                new("Insats", Unit: null),
                new("Avslutade", ValueUnit.Count),
                new("Positiva", ValueUnit.Count),
                new("Andel", ValueUnit.Percent),
                new("95 % intervall", ValueUnit.Percent),
                new("Kostnad per positivt avslut", ValueUnit.Kronor),
                new("Förändring i hälsa", ValueUnit.Score),
            ],
            Rows =
            [
                Row("Vägen vidare", Num(115), Num(56), Num(0.487), ReportCell.Of("40–58\u00A0%"), Num(41200), Num(0.46)),
                Row(
                    "Stegen – arbetsförberedande insats för långtidssjukskrivna",
                    Num(61),
                    Num(22),
                    Num(0.3607),
                    ReportCell.Of("25–49\u00A0%"),
                    Num(108000),
                    Num(-0.05)),
                Row("Ung framtid", Num(18), Num(0), Num(0), ReportCell.Of("0–18\u00A0%"), Of(CellState.NoData), Of(CellState.NotAsked)),
                Row(
                    "=Rehab vid hälsocentralerna",
                    Of(CellState.Hidden),
                    Of(CellState.Hidden),
                    Of(CellState.Hidden),
                    Of(CellState.Hidden),
                    Of(CellState.Hidden),
                    Of(CellState.Hidden)),
                new([ReportCell.Of("Hela förbundet"), Num(1412), Num(173), Num(0.42), ReportCell.Of("37–47\u00A0%"), Num(96500), Num(0.31)], IsTotal: true),
            ],
            Notes = ["Intervallet är ett 95-procentigt Wilsonintervall."],
            Source = Source,
        };

    public static ReportTable LongTable { get; } =
        new()
        {
            Id = "deltagare-kommun",
            Title = "Deltagare efter remittent och månad",
            Subtitle = "Antal personer 2024",
            Columns = [new("Remittent", Unit: null), new("Kvinnor", ValueUnit.Count), new("Män", ValueUnit.Count), new("Alla", ValueUnit.Count)],
            Rows =
            [
                .. Enumerable
                    .Range(1, 40)
                    .Select(i =>
                        Row($"Vårdcentral {i}", i % 9 == 0 ? Of(CellState.Hidden) : Num(i * 3), i % 9 == 0 ? Of(CellState.Hidden) : Num(i * 2), Num(i * 5))),
                new([ReportCell.Of("Alla"), Num(2460), Num(1640), Num(4100)], IsTotal: true),
            ],
            Source = Source,
        };

    private static IReadOnlyList<ReportBlock> Blocks { get; } =
    [
        new HeadingBlock(1, "Verksamheten i korthet"),
        new ParagraphBlock([
            new("Under 2024 avslutades "),
            new("1\u00A0412 deltaganden", IsBold: true),
            new(" i förbundets insatser. Av dem ledde 42\u00A0% till arbete eller studier, vilket är "),
            new("i nivå med", IsItalic: true),
            new(" året före. Skillnaden mellan kvinnor och män är större än vad slumpen brukar ge, och den har vuxit sedan 2022."),
        ]),
        new BulletListBlock([
            [new("219 kvinnor och 193 män avslutade sin insats.")],
            [new("Målet 45\u00A0% nåddes för kvinnor men inte för män.")],
            [new("Självskattad hälsa steg med 0,46 steg på en femgradig skala.")],
        ]),
        new PlaceholderBlock("Beskriv året i några meningar: vad har förbundet gjort, vad gick bra och vad blev annorlunda än planerat?"),
        new HeadingBlock(2, "Måluppfyllelse"),
        new FigureBlock(PositiveExits, TableOf(PositiveExits.Id, PositiveExits.Title, PositiveExits.Categories, PositiveExits.Series)),
        new PageBreakBlock(),
        new HeadingBlock(1, "Insatser"),
        new TableBlock(ExitTable),
        new FigureBlock(ManyInsatser, TableOf(ManyInsatser.Id, ManyInsatser.Title, ManyInsatser.Categories, ManyInsatser.Series)),
        new HeadingBlock(1, "Deltagare"),
        new HeadingBlock(2, "Deltagare efter remittent"),
        new TableBlock(LongTable),
        new HeadingBlock(2, "Försörjning före och efter"),
        new FigureBlock(Livelihood, TableOf(Livelihood.Id, Livelihood.Title, Livelihood.Categories, Livelihood.Series, ValueUnit.Count)),
        new HeadingBlock(1, "Självskattning"),
        new HeadingBlock(3, "Efter kön"),
        new FigureBlock(SelfAssessment, Pairs(SelfAssessment)),
        new HeadingBlock(3, "Efter fråga"),
        new FigureBlock(SelfAssessmentItems, Pairs(SelfAssessmentItems)),
        new HeadingBlock(1, "Utveckling över tid"),
        new FigureBlock(Participants, TableOf(Participants.Id, Participants.Title, Participants.Periods, Participants.Series)),
        new FigureBlock(
            Control,
            new ReportTable
            {
                Id = Control.Id,
                Title = Control.Title,
                Subtitle = Control.Subtitle,
                Columns =
                [
                    new("Månad", Unit: null),
                    new("Avslutade", ValueUnit.Count),
                    new("Andel", ValueUnit.Percent),
                    new("Undre gräns", ValueUnit.Percent),
                    new("Övre gräns", ValueUnit.Percent),
                ],
                Rows = Control
                    .Points.Select(p => Row(p.Period, Num(p.Share.N!.Value), Num(p.Share.Value!.Value), Num(p.LowerLimit!.Value), Num(p.UpperLimit!.Value)))
                    .ToList(),
                Source = Source,
            }),
        new FigureBlock(AllHidden, TableOf(AllHidden.Id, AllHidden.Title, AllHidden.Categories, AllHidden.Series)),
        new HeadingBlock(1, "Metod, definitioner och bortfall"),
        new ParagraphBlock([new("Ett positivt avslut är ett avslut till arbete eller studier. Subventionerat arbete räknas in.")]),
    ];

    private static FigurePoint Share(int x, int n)
    {
        var p = (double)x / n;
        var half = 1.96 * Math.Sqrt(p * (1 - p) / n + 0.0005);
        return new(CellState.Shown, p, Math.Max(0, p - half), Math.Min(1, p + half), n, x);
    }

    private static FigurePoint Part(int x, int n) => new(CellState.Shown, x, N: n);

    private static FigurePoint Mean(double value, long n) => new(CellState.Shown, value, N: n);

    private static ReportCell Num(double value) => ReportCell.Of(value);

    private static ReportCell Of(CellState state) => ReportCell.Without(state);

    private static ReportRow Row(string label, params ReportCell[] cells) => new([ReportCell.Of(label), .. cells]);

    private static ReportCell Cell(FigurePoint point) => point.Value is { } value ? Num(value) : Of(point.State);

    private static ReportTable TableOf(
        string id, string title, IReadOnlyList<string> categories, IReadOnlyList<FigureSeries> series, ValueUnit unit = ValueUnit.Percent) => new()
        {
            Id = id,
            Title = title,
            Subtitle = "Samma siffror som i figuren",
            Columns = [new("Kategori", Unit: null), .. series.Select(s => new ReportColumn(s.Name, unit))],
            Rows = categories.Select((c, i) => Row(c, series.Select(s => Cell(s.Points[i])).ToArray())).ToList(),
            Source = Source,
        };

    private static ReportTable Pairs(DumbbellFigure figure) => new()
    {
        Id = figure.Id,
        Title = figure.Title,
        Subtitle = figure.Subtitle,
        Columns = [new("Grupp", Unit: null), new("Vid start", ValueUnit.Score), new("Vid avslut", ValueUnit.Score), new("Förändring", ValueUnit.Score)],
        Rows = figure.Rows.Select(r => Row(r.Label, Cell(r.Before), Cell(r.After), Cell(r.Change))).ToList(),
        Source = Source,
    };
}
