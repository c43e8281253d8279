package render

import "summitbot/facts"

// text is a text in the three languages.
func text(en, ko, ja string) facts.Text {
	return facts.Text{{Lang: "en", Text: en}, {Lang: "ko", Text: ko}, {Lang: "ja", Text: ja}}
}

// sampleBase is about a fair that never was.
func sampleBase() *facts.Base {
	return &facts.Base{
		ID:        "fair",
		Title:     text("The harbour fair", "항구 축제", "港まつり"),
		Languages: []string{"en", "ko", "ja"},
		Sources: []facts.Source{
			{ID: "gazette", Title: "A fair by the sea", Publisher: "Harbour Gazette", Published: "2025-05-02", URL: "https://example.org/fair", Language: "en"},
			{ID: "city", Title: "Notice", Publisher: "City of Harbour", Published: "2025-05-04", Language: "en"},
		},
		Names: []facts.Name{
			{ID: "harbour", Kind: "country", Label: text("Harbour", "항구 나라", "港の国"), Spellings: facts.Text{{Lang: "en", Text: "Port"}, {Lang: "en", Text: "=HBR"}}},
			{ID: "island", Kind: "country", Label: text("Island", "섬나라", "島国")},
			{ID: "keeper", Kind: "person", Label: text("The lighthouse keeper", "등대지기", "灯台守")},
			{ID: "moon", Kind: "place", Label: text("The moon", "달", "月")},
		},
		Topics: []facts.Topic{{ID: "days", Title: text("Days", "일정", "日程")}, {ID: "people", Title: text("People", "사람들", "人々")}},
		Facts: []facts.Fact{
			{
				ID:     "fair-day",
				Title:  text("When the fair is held", "축제 날짜", "まつりの日程"),
				Answer: text("The harbour fair runs from Friday, 2 May 2025 to the end of the month. The ferry brings guests from the old pier every half hour, and the last one leaves when the music stops.", "항구 축제는 2025년 5월 2일 금요일부터 그달 말까지 열립니다. 옛 부두에서 삼십 분마다 나룻배가 손님을 실어 나르며, 마지막 배는 음악이 멈출 때 떠납니다.", "港まつりは2025年5月2日（金曜日）から月末まで開かれます。旧桟橋からは30分おきに渡し船が出ており、最終便は音楽が終わる時刻に出発します。"),
				Asks:   text("When is the harbour fair?", "항구 축제는 언제 열립니까?", "港まつりはいつですか。"),
				About:  []string{"harbour"},
				Topics: []string{"days"},
				When:   "2025-05-02/2025-05",
				Status: facts.Confirmed,
				Sources: []facts.Citation{
					{Ref: "gazette", Paragraph: 2, Quote: "from Friday to the end of the month", Says: text("the fair's office", "축제 사무국", "まつり事務局")},
					{Ref: "city"},
				},
			},
			{
				ID:      "fair-guest",
				Title:   text("Who opened the fair", "개막을 선언한 사람", "開会を宣言した人"),
				Answer:  text("The lighthouse keeper opened the fair.", "등대지기가 축제의 개막을 선언했습니다.", "灯台守が開会を宣言しました。"),
				Asks:    text("Who opened the fair?", "누가 축제를 열었습니까?", "誰が開会を宣言しましたか。"),
				About:   []string{"keeper", "island"},
				Topics:  []string{"people"},
				When:    "2025-05",
				Related: []string{"fair-day", "fair-crowd"},
				Status:  facts.Reported,
				Sources: []facts.Citation{{Ref: "gazette", Paragraph: 3}},
			},
			{
				ID:     "fair-crowd",
				Title:  text("How many came", "방문객 수", "来場者数"),
				Answer: text("The number of guests is disputed.", "방문객 수에 대한 주장이 엇갈립니다.", "来場者数については主張が食い違っています。"),
				About:  []string{"harbour", "island"},
				Topics: []string{"people", "days"},
				Status: facts.Disputed,
				Covers: []string{"fair-day", "fair-guest"},
				Sources: []facts.Citation{
					{Ref: "gazette", Paragraph: 5, Says: text("The police", "경찰", "警察"), Version: text("About 2,000 came.", "약 2,000명이 왔습니다.", "約2,000人が訪れました。")},
					{Ref: "city", Paragraph: 1, Says: text("The city", "시청", "市"), Version: text("More than 5,000 came.", "5,000명 넘게 왔습니다.", "5,000人以上が訪れました。")},
				},
			},
			{
				ID:           "fair-old-price",
				Title:        text("The ticket's price", "입장권 가격", "入場券の値段"),
				Answer:       facts.Text{{Lang: "en", Text: "A ticket costs two shells."}},
				When:         "1965",
				Status:       facts.Superseded,
				SupersededBy: "fair-day",
				Sources:      []facts.Citation{{Ref: "gazette", Paragraph: 7}},
			},
			{
				ID:      "fair-rain",
				Title:   text("Rain at the fair", "축제 날의 비", "まつりの雨"),
				Answer:  text("It rained on the first day.", "첫날 비가 내렸습니다.", "初日は雨でした。"),
				Status:  facts.Retracted,
				Sources: []facts.Citation{{Ref: "gazette", Paragraph: 8}},
			},
			{
				ID:      "fair-lights",
				Title:   text("The lights at the end", "마지막 날의 불꽃", "最終日の花火"),
				Answer:  text("There were lights over the water on the last evening.", "마지막 날 저녁 물 위로 불꽃이 올랐습니다.", "最終日の夜、水上に花火が上がりました。"),
				About:   []string{"island"},
				Topics:  []string{"days"},
				When:    "2025-05-31",
				Status:  facts.Confirmed,
				Sources: []facts.Citation{{Ref: "city", Paragraph: 4}},
			},
		},
		Gaps: []facts.Gap{
			{ID: "fair-cost", Title: text("What the fair cost", "축제 비용", "まつりの費用"), Says: text("The paper does not say what the fair cost.", "신문에는 축제 비용이 나오지 않습니다.", "新聞には、まつりの費用は書かれていません。")},
			{ID: "fair-menu", Title: text("The menu", "음식 메뉴", "食事の献立")},
		},
	}
}
