namespace FinsamOutcomes.Demo;

/// <summary>
/// The insatser of the invented förbund. Levels are set so that each picture has something to show: a gap between women
/// and men that turns (Trappan Arbete), one that closes (Ung framåt), a fall that a control chart should notice (Första
/// steget), a long queue (Trappan Balans), an insats that ends, one with head counts only and two without participants.
/// </summary>
internal static class DemoPortfolio
{
    public const string Trappan = "Trappan";
    public const string Start = "Trappan Start";
    public const string Balans = "Trappan Balans";
    public const string Arbete = "Trappan Arbete";
    public const string Studier = "Trappan Studier";
    public const string Kusten = "Trappan Kusten";
    public const string RattJobb = "Rätt jobb";
    public const string UngFramat = "Ung framåt";
    public const string ForstaSteget = "Första steget";
    public const string Sprak = "Språk och hälsa";
    public const string OppnaDorren = "Öppna dörren";
    public const string Samverkan = "Samverkan i vardagen";
    public const string Kunskap = "Kunskap som sprids";

    private static readonly DateOnly s_opening = new(2022, 1, 1);

    private static readonly ((int From, int To) Ages, double Weight)[] s_adults =
    [
        ((18, 24), 8),
        ((25, 29), 14),
        ((30, 44), 42),
        ((45, 54), 23),
        ((55, 64), 13),
    ];

    private static readonly double[] s_mixedEducation = [8, 24, 46, 10, 8, 4];

    private static readonly (string Livelihood, double Weight)[] s_mixedLivelihood =
    [
        ("ekonomiskt_bistand", 38),
        ("sjukpenning", 22),
        ("aktivitetsstod", 18),
        ("sjukersattning", 4),
        ("aktivitetsersattning", 6),
        ("a_kassa", 6),
        ("anhorig", 4),
        ("ingen", 2),
    ];

    public static IReadOnlyList<DemoInsats> All { get; } =
    [
        new()
        {
            Name = Trappan,
            StartsOn = s_opening,
            Orientation = "samverkansteam",
            TargetGroups = ["langtidsarbetslosa", "langtidssjukskrivna", "psykisk_ohalsa"],
            Years = [(null, 1_450, 1_385), (null, 1_520, 1_498), (null, 1_600, 1_571), (null, 1_640, 1_662)],
        },
        new()
        {
            Name = Start, Parent = Trappan, StartsOn = s_opening, Capacity = 36, Orientation = "kartlaggning", TargetGroups = ["alla"],
            Years = [(85, 1_350, 1_248), (90, 1_400, 1_389), (90, 1_450, 1_467), (90, 1_490, 1_476)],
            Flow = new()
            {
                ReferralsPerYear = 84,
                OpeningQueue = 18,
                MedianDays = 150,
                Spread = 0.35,
                DropoutShare = 0.12,
                WomenShare = 0.52,
                SendsOnTo = [Balans, Arbete, Studier],
                PositiveShare = (woman, time) => 0.27 + (woman ? 0.01 : -0.01) + (0.01 * (time - 2022)),
                Positive = (42, 36, 2, 20),
                OtherReasons = [("annan_insats", 42), ("arbetssokande", 26), ("fortsatt_rehabilitering", 10), ("arbetslos", 8), ("sjukdom", 9), ("ovrigt", 5)],
                Ages = s_adults,
                Education = s_mixedEducation,
                LivelihoodBefore = s_mixedLivelihood,
                Referrers =
                [
                    ("arbetsformedlingen", 36),
                    ("kommun_arbetsmarknad", 26),
                    ("kommun_socialtjanst", 20),
                    ("forsakringskassan", 12),
                    ("egen_ansokan", 6),
                ],
            },
        },
        new()
        {
            Name = Balans,
            Parent = Trappan,
            StartsOn = s_opening,
            Capacity = 45,
            Orientation = "forrehabilitering",
            TargetGroups = ["psykisk_ohalsa", "langtidssjukskrivna"],
            Years = [(75, 2_200, 2_114), (75, 2_250, 2_268), (80, 2_380, 2_357), (80, 2_430, 2_441)],
            Flow = new()
            {
                ReferralsPerYear = 54, OpeningQueue = 32, MedianDays = 340, DropoutShare = 0.16, WomenShare = 0.68,
                PositiveShare = (woman, time) => woman ? 0.31 : 0.25,
                Positive = (38, 34, 2, 26),
                OtherReasons =
                [
                    ("arbetssokande", 20),
                    ("fortsatt_rehabilitering", 26),
                    ("sjukdom", 20),
                    ("sjukersattning", 14),
                    ("annan_insats", 12),
                    ("ovrigt", 8),
                ],
                Ages = s_adults,
                Education = [4, 16, 46, 16, 15, 3],
                LivelihoodBefore =
                [
                    ("sjukpenning", 46),
                    ("ekonomiskt_bistand", 20),
                    ("aktivitetsersattning", 12),
                    ("sjukersattning", 8),
                    ("aktivitetsstod", 9),
                    ("a_kassa", 3),
                    ("anhorig", 2),
                ],
                Referrers =
                [
                    ("forsakringskassan", 34),
                    ("region_psykiatri", 26),
                    ("region_primarvard", 24),
                    ("kommun_socialtjanst", 10),
                    ("arbetsformedlingen", 6),
                ],
            },
        },
        new()
        {
            Name = Arbete,
            Parent = Trappan,
            StartsOn = s_opening,
            Capacity = 55,
            Orientation = "arbetslivsinriktad_rehabilitering",
            TargetGroups = ["langtidsarbetslosa"],
            Years = [(110, 2_300, 2_186), (115, 2_360, 2_341), (115, 2_420, 2_455), (120, 2_500, 2_478)],
            Flow = new()
            {
                ReferralsPerYear = 64, OpeningQueue = 30, MedianDays = 255, DropoutShare = 0.11, WomenShare = 0.49,
                // Women lead at first, men at the end: placements move to trades where few women are asked for.
                PositiveShare = (woman, time) => woman ? 0.53 - (0.075 * (time - 2022)) : 0.34 + (0.055 * (time - 2022)),
                Positive = (48, 40, 3, 9),
                OtherReasons = [("arbetssokande", 44), ("arbetslos", 16), ("sjukdom", 14), ("annan_insats", 14), ("fortsatt_rehabilitering", 6), ("ovrigt", 6)],
                Ages = s_adults, Education = [9, 26, 46, 9, 6, 4], ActiveBefore = 0.09,
                LivelihoodBefore = [("ekonomiskt_bistand", 44), ("aktivitetsstod", 30), ("a_kassa", 12), ("sjukpenning", 8), ("anhorig", 4), ("ingen", 2)],
                Referrers = [("arbetsformedlingen", 48), ("kommun_arbetsmarknad", 32), ("kommun_socialtjanst", 14), ("egen_ansokan", 6)],
            },
        },
        new()
        {
            Name = Studier, Parent = Trappan, StartsOn = s_opening, Capacity = 30, Orientation = "studiestod", TargetGroups = ["langtidsarbetslosa", "unga"],
            Years = [(55, 1_700, 1_642), (55, 1_740, 1_729), (60, 1_800, 1_834), (60, 1_850, 1_838)],
            Flow = new()
            {
                ReferralsPerYear = 34, OpeningQueue = 22, MedianDays = 290, DropoutShare = 0.14, WomenShare = 0.58, StartsWithTerms = true,
                PositiveShare = (woman, time) => woman ? 0.44 : 0.35,
                Positive = (20, 12, 1, 67),
                OtherReasons = [("arbetssokande", 42), ("arbetslos", 14), ("sjukdom", 12), ("annan_insats", 20), ("ovrigt", 12)],
                Ages = [((18, 24), 26), ((25, 29), 26), ((30, 44), 36), ((45, 54), 12)], Education = [22, 46, 24, 4, 1, 3], ActiveBefore = 0.12,
                LivelihoodBefore = [("ekonomiskt_bistand", 50), ("aktivitetsstod", 28), ("anhorig", 10), ("a_kassa", 5), ("sjukpenning", 5), ("ingen", 2)],
                Referrers = [("kommun_arbetsmarknad", 44), ("arbetsformedlingen", 30), ("skola", 12), ("egen_ansokan", 14)],
            },
        },
        new()
        {
            Name = Kusten, Parent = Trappan, StartsOn = new(2023, 8, 1), Capacity = 20, Orientation = "samverkansteam", TargetGroups = ["alla"],
            Years = [(null, 0, 0), (15, 480, 402), (35, 1_040, 1_018), (40, 1_060, 1_071)],
            Flow = new()
            {
                ReferralsPerYear = 24, OpeningQueue = 8, MedianDays = 265, DropoutShare = 0.13, WomenShare = 0.55,
                PositiveShare = (woman, time) => woman ? 0.37 : 0.35,
                Positive = (46, 36, 4, 14),
                OtherReasons =
                [
                    ("arbetssokande", 36),
                    ("fortsatt_rehabilitering", 14),
                    ("sjukdom", 16),
                    ("arbetslos", 14),
                    ("annan_insats", 12),
                    ("ovrigt", 8),
                ],
                Ages = s_adults,
                Education = s_mixedEducation,
                LivelihoodBefore = s_mixedLivelihood,
                Referrers =
                [
                    ("kommun_socialtjanst", 34),
                    ("forsakringskassan", 22),
                    ("arbetsformedlingen", 22),
                    ("region_primarvard", 14),
                    ("civilsamhalle", 8),
                ],
            },
        },
        new()
        {
            Name = RattJobb, StartsOn = s_opening, Capacity = 40, Orientation = "supported_employment", TargetGroups = ["psykisk_ohalsa", "npf"],
            Years = [(65, 2_600, 2_488), (65, 2_680, 2_655), (70, 2_760, 2_791), (70, 2_840, 2_822)],
            Flow = new()
            {
                ReferralsPerYear = 40, OpeningQueue = 20, MedianDays = 375, DropoutShare = 0.12, WomenShare = 0.46,
                PositiveShare = (woman, time) => (woman ? 0.38 : 0.41) + (0.008 * (time - 2022)),
                Positive = (46, 40, 2, 12),
                OtherReasons =
                [
                    ("arbetssokande", 34),
                    ("fortsatt_rehabilitering", 18),
                    ("sjukdom", 20),
                    ("sjukersattning", 12),
                    ("annan_insats", 10),
                    ("ovrigt", 6),
                ],
                Ages = [((19, 24), 22), ((25, 29), 24), ((30, 44), 38), ((45, 54), 12), ((55, 62), 4)],
                Education = [7, 30, 44, 10, 6, 3],
                LivelihoodBefore =
                [
                    ("aktivitetsersattning", 34),
                    ("sjukersattning", 10),
                    ("sjukpenning", 12),
                    ("ekonomiskt_bistand", 26),
                    ("aktivitetsstod", 16),
                    ("anhorig", 2),
                ],
                Referrers = [("region_psykiatri", 46), ("kommun_socialtjanst", 24), ("arbetsformedlingen", 16), ("forsakringskassan", 14)],
            },
        },
        new()
        {
            Name = UngFramat, StartsOn = s_opening, Capacity = 60, IsEsf = true, Orientation = "arbetslivsinriktad_rehabilitering", TargetGroups = ["unga"],
            Years = [(110, 3_100, 2_940), (120, 3_180, 3_155), (120, 3_240, 3_262), (120, 3_300, 3_247)],
            Flow = new()
            {
                ReferralsPerYear = 78, OpeningQueue = 28, MedianDays = 225, Spread = 0.48, DropoutShare = 0.19, WomenShare = 0.43,
                // Young men are behind at first and catch up.
                PositiveShare = (woman, time) => woman ? 0.46 : Math.Min(0.44, 0.31 + (0.045 * (time - 2022))),
                Positive = (34, 18, 2, 46),
                OtherReasons = [("arbetssokande", 48), ("arbetslos", 12), ("annan_insats", 16), ("sjukdom", 12), ("ovrigt", 12)],
                Ages = [((16, 19), 34), ((20, 24), 48), ((25, 29), 18)], Education = [34, 42, 20, 2, 0, 2], ActiveBefore = 0.08,
                LivelihoodBefore = [("anhorig", 34), ("ekonomiskt_bistand", 32), ("aktivitetsstod", 18), ("aktivitetsersattning", 9), ("ingen", 7)],
                Referrers =
                [
                    ("kommun_arbetsmarknad", 34),
                    ("skola", 24),
                    ("arbetsformedlingen", 18),
                    ("kommun_socialtjanst", 12),
                    ("egen_ansokan", 8),
                    ("region_psykiatri", 4),
                ],
            },
        },
        new()
        {
            Name = ForstaSteget,
            StartsOn = s_opening,
            Capacity = 50,
            Orientation = "forrehabilitering",
            TargetGroups = ["langtidssjukskrivna", "psykisk_ohalsa"],
            Years = [(85, 2_100, 2_015), (90, 2_160, 2_148), (90, 2_220, 2_203), (85, 2_260, 2_118)],
            Flow = new()
            {
                ReferralsPerYear = 64, OpeningQueue = 26, MedianDays = 275, DropoutShare = 0.15, WomenShare = 0.64,
                // Half the team left in the summer of 2024.
                PositiveShare = (woman, time) => (woman ? 0.40 : 0.37) - (time < 2024.6 ? 0 : 0.19),
                Positive = (40, 38, 2, 20),
                OtherReasons =
                [
                    ("fortsatt_rehabilitering", 26),
                    ("sjukdom", 20),
                    ("arbetssokande", 22),
                    ("sjukersattning", 12),
                    ("annan_insats", 12),
                    ("ovrigt", 8),
                ],
                Ages = [((20, 24), 5), ((25, 29), 10), ((30, 44), 42), ((45, 54), 28), ((55, 64), 15)],
                Education = [5, 18, 46, 14, 14, 3],
                LivelihoodBefore = [("sjukpenning", 62), ("ekonomiskt_bistand", 14), ("sjukersattning", 10), ("aktivitetsstod", 10), ("a_kassa", 4)],
                Referrers = [("forsakringskassan", 56), ("region_primarvard", 32), ("arbetsformedlingen", 8), ("egen_ansokan", 4)],
            },
        },
        new()
        {
            Name = Sprak, StartsOn = s_opening, EndsOn = new(2024, 6, 30), Capacity = 45, Orientation = "forrehabilitering", TargetGroups = ["utrikes_fodda"],
            Years = [(80, 1_900, 1_824), (85, 1_950, 1_941), (50, 980, 966), (null, 0, 0)],
            Flow = new()
            {
                ReferralsPerYear = 66, OpeningQueue = 24, MedianDays = 205, Spread = 0.35, DropoutShare = 0.10, WomenShare = 0.66, IsAssessed = false,
                PositiveShare = (woman, time) => woman ? 0.29 : 0.40,
                Positive = (30, 42, 2, 26),
                OtherReasons = [("arbetssokande", 50), ("annan_insats", 22), ("arbetslos", 12), ("sjukdom", 10), ("ovrigt", 6)],
                Ages = [((20, 24), 8), ((25, 29), 16), ((30, 44), 48), ((45, 54), 22), ((55, 62), 6)], Education = [34, 26, 16, 8, 8, 8],
                LivelihoodBefore = [("etableringsersattning", 34), ("ekonomiskt_bistand", 50), ("aktivitetsstod", 10), ("anhorig", 6)],
                Referrers = [("arbetsformedlingen", 50), ("kommun_arbetsmarknad", 28), ("kommun_socialtjanst", 14), ("civilsamhalle", 8)],
            },
        },
        new()
        {
            Name = OppnaDorren, StartsOn = s_opening, IsFollowedIndividually = false, Orientation = "kartlaggning", TargetGroups = ["valdsutsatta", "missbruk"],
            Years = [(160, 620, 588), (180, 640, 651), (200, 660, 649), (220, 690, 684)],
        },
        new()
        {
            Name = Samverkan,
            StartsOn = s_opening,
            IsIndividual = false,
            IsFollowedIndividually = false,
            Orientation = "kompetensutveckling",
            TargetGroups = ["alla"],
            Years = [(150, 410, 352), (180, 420, 407), (180, 430, 438), (200, 450, 429)],
        },
        new()
        {
            Name = Kunskap,
            StartsOn = new(2023, 1, 1),
            IsIndividual = false,
            IsFollowedIndividually = false,
            Orientation = "information",
            TargetGroups = ["alla"],
            Years = [(null, 0, 0), (null, 180, 163), (null, 200, 194), (null, 200, 212)],
        },
    ];
}
